import { sql } from 'kysely'
import type { AreaCode, DatasetId, PersonId, RecordId } from '../../domain/base/ids.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { Answer, Answers, FieldReason, RecordAct } from '../../domain/record/record.ts'
import { readAnswers } from '../../engine/form/answers.ts'
import type { Seal } from '../base/seal.ts'
import type { Reader } from '../db/db.ts'
import { listModels } from './read.arrived.ts'
import { maskOf, openNumbers } from './read.mapped.ts'

type Of = { area: AreaCode; id: RecordId; dataset: DatasetId }
type Row = { kind: RecordAct['kind']; at: Date; by: PersonId | null; byName: string | null; reason: string | null; fields: FieldReason[]; version: string | null; formArea: AreaCode | null; client: string | null; xml: string | null; row: Answers | null; isEdit: boolean; change: { answers?: Record<string, Answer | null> } | null }

/** What a row of a table brought, whatever of it may be seen: its act keeps it, since no submission does. */
export const ROW_ANSWERS = sql<Answers | null>`(a.answers -> 'open') || (a.answers -> 'internal') || (a.answers -> 'personal') || (a.answers -> 'sensitive')`

/** What was done to a record, the latest first, with what each act changed of the answers that may be seen. Every version is still there, in raw. */
export async function listHistory(tx: Reader, { area, id, dataset }: Of, cleared: ReadonlySet<string>, seal: Seal): Promise<RecordAct[]> {
  const { rows } = await sql<Row>`
    select a.kind, a.at, a.person_id as by, a.person_name as "byName", a.reason, coalesce(a.fields, '[]') as fields, coalesce(s.version, a.version) as version, coalesce(s.form_area, a.form_area) as "formArea",
      coalesce(s.client, 'table:' || a.line) as client, s.xml, ${ROW_ANSWERS} as row, s.deprecated_id is not null as "isEdit", a.change
    from raw.act a left join raw.submission s on s.instance_id = a.instance_id and s.dataset_id = a.dataset_id
    where a.area_code = ${area} and a.record_id = ${id} order by a.id`.execute(tx)
  const models = await listModels(tx, rows.flatMap(row => row.version && row.formArea ? [{ formArea: row.formArea, datasetId: dataset, version: row.version }] : []))
  const told: RecordAct[] = []
  let before: Answers = {}, last: FormModel | undefined
  for (const { xml, row: brought, formArea, at, isEdit, change, ...row } of rows) {
    // what a visit leaves out stays, an edit stands for itself
    const model = models.get(`${formArea} ${dataset} ${row.version}`), said = xml && model ? answersOf(model, xml, seal) : brought
    const after = said ? { ...!isEdit && before, ...said } : changedBy(change, before)
    last = model ?? last
    const changes = last ? changesOf(last, before, after).filter(change => cleared.has(change.key)) : []
    told.push({ ...row, at: at.toISOString(), fields: row.fields.filter(({ key }) => cleared.has(key)), changes })
    if (row.kind !== 'held') before = after
  }
  return told.reverse()
}

/** What merging and splitting changed, no submission brought: the act says it. */
function changedBy(change: Row['change'], before: Answers): Answers {
  return change?.answers ? Object.fromEntries(Object.entries({ ...before, ...change.answers }).filter((pair): pair is [string, Answer] => pair[1] !== null)) : before
}

/** Numbers are masked, as they are in the record. */
export function answersOf(model: FormModel, xml: string, seal: Seal): Answers {
  const { values } = openNumbers(readAnswers(model, xml), model, { ...seal, open: sealed => openOrHide(seal, sealed) })
  return Object.fromEntries((keysOf(model)[0]?.questions ?? []).flatMap(({ path, key, role }): [string, Answer][] => {
    const value = values[path]
    return value === null || value === undefined ? [] : [[key, role === 'national-id' ? maskOf(String(value)) : value]]
  }))
}

/** With other keys than it was sealed with a number stays hidden, and the page is there. */
function openOrHide(seal: Seal, sealed: string): string {
  try {
    return seal.open(sealed)
  } catch {
    return '?'
  }
}

function changesOf(model: FormModel, before: Answers, after: Answers): RecordAct['changes'] {
  return (keysOf(model)[0]?.questions ?? []).filter(({ key, asked }) => asked && JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map(({ key, label }) => ({ key, label, before: before[key] ?? null, after: after[key] ?? null }))
}
