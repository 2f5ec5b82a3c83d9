import { randomUUID } from 'node:crypto'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { DatasetId, RecordId } from '../../domain/base/ids.ts'
import { commonOf } from '../../domain/area/rules.ts'
import { keysOf, questionOf } from '../../domain/dataset/rules.ts'
import type { duplicateApi, MergeBody } from '../../domain/duplicate/api.ts'
import { duplicateProblems } from '../../domain/duplicate/problems.ts'
import { mergeWholes, outerRepeats, type MergedOf } from '../../domain/duplicate/rules.merge.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { copyFiles, nameFiles, renamed } from './write.files.ts'
import { changesBetween, contentOf, holdAll, keepAside, keepDone, keepJudged, keepOne, standingOf, type By, type Content, type Held } from './write.whole.ts'

/** What the survivor's act keeps: who went in, whose each answer is, and how it stood before and after. */
export type MergeChange = { with: RecordId[]; answers: Record<string, unknown>; sources: Record<string, RecordId>; rowsFrom: RecordId[]; before: Content; after: Content; state: string }

/** Several records of one thing become one: the survivor takes in what was chosen, the others are set aside whole and lead to it. */
export async function merge(tx: Writer, by: By, dataset: DatasetId, { keep, from, choices, seen, reason = '' }: MergeBody): Promise<ReplyOf<typeof duplicateApi.merge>> {
  const ids = [keep, ...from]
  if (new Set(ids).size !== ids.length) throw duplicateProblems.notTwo({})
  const held = await holdAll(tx, by, ids, seen, 'merge'), records = ids.map(id => held.get(id) as Held), [survivor] = records as [Held]
  if (records.some(record => record.dataset !== dataset)) throw duplicateProblems.notTwo({})
  const batch = randomUUID(), instance = `merge:${batch}`, merged = mergeWholes(records, outerRepeats(survivor.model), choices)
  const files = nameFiles(survivor, records, merged), before = contentOf(survivor), after = afterOf(by, records, { ...merged, ...renamed(survivor.model, merged, files) })
  await keepOne(tx, standingOf(survivor, after, { state: 'received', acts: survivor.acts + 1, versions: survivor.versions + 1 }))
  await copyFiles(tx, { area: after.area, dataset }, files, instance)
  for (const { id } of records.slice(1)) await keepAside(tx, by, id, 'merged', keep)
  const change: MergeChange = { with: from, answers: changesBetween(before.values, after.values), sources: Object.fromEntries(merged.sources), rowsFrom: [...new Set(merged.rows.map(row => row.from))], before, after, state: survivor.state }
  await keepDone(tx, by, dataset, [
    { record: keep, area: after.area, kind: 'merge', instance, change }, ...records.slice(1).map(({ id, area }) => ({ record: id, area, kind: 'join' as const, instance: null, change: { into: keep } })),
  ], { batch, reason: reason || null })
  await keepJudged(tx, by, ids, 'merged')
  await note(tx, { action: 'record.merge', area: commonOf(records.map(({ area }) => area)), target: keep })
  return { batch, keep }
}

/** The chosen answers with the numbers and the faults that belong to them; where the chosen place is another's, it lies there. */
function afterOf({ viewer }: By, records: readonly Held[], merged: MergedOf): Content {
  const [survivor] = records as [Held], byId = new Map(records.map(record => [record.id, record])), placeKey = questionOf(survivor.model, 'place')?.key ?? ''
  const placed = byId.get(merged.sources.get(placeKey) ?? survivor.id) ?? survivor, dayKey = questionOf(survivor.model, 'date')?.key ?? ''
  return {
    area: placed.area, values: merged.values, rows: merged.rows.map(({ row }) => row), numbers: numbersOf(records, merged), faults: records.flatMap(record => faultsOf(record, record === survivor, merged)),
    day: byId.get(merged.sources.get(dayKey) ?? survivor.id)?.day ?? survivor.day, changedAt: new Date().toISOString(), changedBy: viewer.person.id,
  }
}

function numbersOf(records: readonly Held[], { sources, rows }: MergedOf): Content['numbers'] {
  return records.flatMap(({ id, model, numbers }) => {
    const paths = new Map(keysOf(model).flatMap(({ repeat, questions }) => questions.filter(({ role }) => role === 'national-id').map(({ path, key }) => [path, { key, repeat }])))
    return numbers.flatMap(({ path, position, hash, sealed }) => {
      const at = paths.get(path), row = rows.find(one => one.from === id && one.row.repeat === at?.repeat && one.position === position)
      const place = at?.repeat ? row?.row.position : sources.get(at?.key ?? '') === id ? 0 : undefined
      return place === undefined ? [] : [{ path, position: place, hash: hash.toString('base64'), sealed }]
    })
  })
}

/** What is wrong with an answer goes with it; what is wrong with a record as a whole is the survivor's own. */
function faultsOf({ id, faults }: Held, survives: boolean, { sources, rows }: MergedOf): Content['faults'] {
  return faults.flatMap(fault => {
    if (fault.repeat !== null) {
      const taken = rows.find(one => one.from === id && one.row.repeat === fault.repeat && one.position === fault.row)
      return taken ? [{ ...fault, row: taken.row.position }] : []
    }
    return (fault.key === null ? survives : (sources.get(fault.key) ?? null) === id || (survives && !sources.has(fault.key))) ? [fault] : []
  })
}
