import { randomUUID } from 'node:crypto'
import { sql, type RawBuilder } from 'kysely'
import type { Problem } from '../../domain/base/problem.ts'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import type { Ladder } from '../../domain/dataset/dataset.ts'
import type { ActKind, FieldReason, RecordState } from '../../domain/record/record.ts'
import { ladderOf } from '../../domain/record/rules.public.ts'
import { STEPS, stateOf } from '../../domain/record/rules.state.ts'
import { MOST_AT_ONCE, type ActBody } from '../../domain/review/api.ts'
import { canAct } from '../../domain/review/can.ts'
import { reviewProblems } from '../../domain/review/problems.ts'
import { ReviewAct, type Outcome } from '../../domain/review/review.ts'
import { errorsOf, NEEDS_REASON, refusalOf } from '../../domain/review/rules.ts'
import { findDataset } from '../dataset/read.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'
import { answers, filterOf, isSeen, lookingOf, type Looking } from '../record/read.answers.ts'
import { titleIn } from '../record/read.list.ts'
import { getShown, type Shown } from '../record/read.shown.ts'
import { listActs, listBatch, STAND, type Stand } from './read.ts'

type By = { viewer: Viewer; areas: readonly AreaCode[]; dataset: DatasetId }
type Judged = { record: Stand; to: RecordState; problem: Problem | null }
type Said = { kind: ActKind; reason: string | null; fields: readonly FieldReason[] | null }

/** Does an act to the records that were chosen, as far as it may be done: to all of them, to the good ones, or (a preview) to none. */
export async function act(tx: Writer, by: By, body: ActBody): Promise<Outcome> {
  const { act: kind, ids, filter, fields = [], mode, preview } = body, reason = body.reason || null
  if (NEEDS_REASON.includes(kind) && !reason && fields.length === 0 && !preview) throw reviewProblems.needsReason({})
  if (ids ? ids.length === 0 : !filter) throw reviewProblems.nothingChosen({})
  const looking = lookingOf(by.viewer, by.areas, filter ?? {}), shown = await getShown(tx, by.dataset, looking.areas), ladder = await getLadder(tx, by.dataset)
  const records = await holdRecords(tx, shown, looking, whichOf(shown, looking, body))
  const judged = records.map(record => ({ record, to: STEPS[kind].to, problem: refusalOf(by.viewer, kind, { ...record, errors: errorsOf(record.faults), changed: hasChanged(record, body) }, ladder) }))
  return settle(tx, by, { judged, missing: missingOf(ids, records) }, { kind, reason, fields: fields.length > 0 ? fields : null }, { mode, preview })
}

/** Takes back an act of one's own where nothing else happened since: each record stands as it did before. */
export async function undo(tx: Writer, by: By, batch: string): Promise<Outcome> {
  const looking = lookingOf(by.viewer, by.areas, {}), ids = await listBatch(tx, looking, by.dataset, batch)
  if (ids.length === 0) throw reviewProblems.notLast({})
  const shown = await getShown(tx, by.dataset, looking.areas), ladder = await getLadder(tx, by.dataset)
  const records = await holdRecords(tx, shown, looking, sql`r.id = any(${ids}::uuid[])`), done = await listActs(tx, looking.areas, ids)
  const judged = records.map((record): Judged => {
    const { kinds, batch: last } = done.get(record.id) ?? { kinds: [], batch: null }, to = stateOf([...kinds, 'undo']) ?? record.state
    const mine = last === batch && ReviewAct.safeParse(kinds.at(-1)).success && canAct(by.viewer, kinds.at(-1) as ReviewAct, { ...record, state: to }, ladder)
    return { record, to, problem: mine ? null : reviewProblems.notLast({}) }
  })
  return settle(tx, by, { judged, missing: [] }, { kind: 'undo', reason: null, fields: null }, { mode: 'good', preview: false })
}

async function getLadder(tx: Writer, id: DatasetId): Promise<Ladder> {
  return ladderOf((await findDataset(tx, id))?.dataset ?? {})
}

function whichOf(shown: Shown, looking: Looking, { ids, filter }: ActBody): RawBuilder<boolean> {
  return ids ? sql<boolean>`r.id = any(${ids}::uuid[])` : filterOf('r', shown, looking, filter ?? {}, titleIn(answers('r', looking), shown.model))
}

/** Records that may be seen, held until the act is done: in the order of their ids, as those that arrive are held, so that nobody waits in a circle. */
async function holdRecords(tx: Writer, { id, unit }: Shown, looking: Looking, which: RawBuilder<boolean>): Promise<Stand[]> {
  const { rows } = await sql<Stand>`
    select ${STAND} from core.record r where r.dataset_id = ${id} and ${isSeen('r', looking, unit)} and ${which} order by r.id limit ${MOST_AT_ONCE + 1} for update`.execute(tx)
  if (rows.length > MOST_AT_ONCE) throw reviewProblems.tooMany({ most: MOST_AT_ONCE })
  return rows
}

function hasChanged({ id, acts, actedAt }: Stand, { seen, seenAt }: ActBody): boolean {
  const known = seen?.[id]
  return known !== undefined ? known !== acts : seenAt !== undefined && actedAt > new Date(seenAt)
}

function missingOf(ids: readonly RecordId[] | undefined, records: readonly Stand[]): RecordId[] {
  const there = new Set(records.map(({ id }) => id))
  return [...new Set(ids)].filter(id => !there.has(id))
}

async function settle(tx: Writer, by: By, { judged, missing }: { judged: readonly Judged[]; missing: readonly RecordId[] }, said: Said, { mode, preview }: { mode: 'all' | 'good'; preview: boolean }): Promise<Outcome> {
  const good = judged.filter(({ problem }) => problem === null)
  const refused = [
    ...judged.flatMap(({ record, problem }) => problem ? [{ id: record.id, code: problem.code, say: problem.say }] : []),
    ...missing.map(id => { const { code, say } = reviewProblems.notYours({}); return { id, code, say } }),
  ]
  if (preview || good.length === 0 || (mode === 'all' && refused.length > 0)) return { done: preview ? good.length : 0, batch: null, refused }
  return { done: good.length, batch: await keep(tx, by, good, said), refused }
}

/** The acts, where the records stand after them, and a line in the audit of each tambon. Why stands in the act, from where it can be erased, and not in the audit. */
async function keep(tx: Writer, { viewer: { person }, areas, dataset }: By, good: readonly Judged[], { kind, reason, fields }: Said): Promise<string> {
  const batch = randomUUID(), at = new Date().toISOString()
  const given = sql`unnest(${good.map(({ record }) => record.area)}::text[], ${good.map(({ record }) => record.id)}::uuid[], ${good.map(({ to }) => to)}::text[]) as g (area_code, id, state)`
  await sql`insert into raw.act (area_code, record_id, dataset_id, kind, at, person_id, person_name, reason, fields, batch)
    select g.area_code, g.id, ${dataset}, ${kind}, ${at}::timestamptz, ${person.id}::uuid, ${person.name}, ${reason}::text, ${fields && JSON.stringify(fields)}::jsonb, ${batch}::uuid from ${given}`.execute(tx)
  await sql`update core.record r set state = g.state, acts = r.acts + 1, acted_at = ${at}::timestamptz from ${given}
    where ${within('r.area_code', areas)} and r.area_code = g.area_code and r.id = g.id`.execute(tx)
  for (const [tambon, of] of Map.groupBy(good, ({ record }) => record.area.slice(0, TAMBON) as AreaCode)) {
    await note(tx, { action: `record.${kind as ReviewAct | 'undo'}`, area: tambon, target: of.length === 1 ? of[0]?.record.id ?? null : `${dataset} ${of.length} ${batch}` })
  }
  return batch
}

const TAMBON = 8
