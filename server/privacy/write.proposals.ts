import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import { commonOf, NATION } from '../../domain/area/rules.ts'
import { keysOf, questionOf } from '../../domain/dataset/rules.ts'
import type { SettleBody } from '../../domain/privacy/api.ts'
import type { Proposal } from '../../domain/privacy/privacy.ts'
import { privacyProblems } from '../../domain/privacy/problems.ts'
import { listDatasets } from '../dataset/read.ts'
import type { Db, Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { SYSTEM, writeAs } from '../db/scope.ts'
import { narrow, within } from '../db/place.ts'
import { TODAY } from '../db/today.ts'
import { isSeenEver } from '../record/read.near.ts'
import { listModels } from '../record/read.arrived.ts'
import { concernsSomebody, goesWhole, IS_OPEN } from './read.proposals.ts'
import { erase, type By, type EraseParts } from './write.erase.ts'

const MOST_AT_ONCE = 5000, MOST_ERASED = 200, MOST_KEPT_YEARS = 5
/** The day of the last visit; one that lies after it came is a clock that was wrong. */
const LAST_DAY = sql`least(coalesce(r.day, r.changed_at::date), r.changed_at::date)`

/** Proposes what is due, and takes back proposals that a later visit has answered, or of what tells of nobody any more. Nothing is erased here. Gives how many were proposed. */
export function proposeDue(app: Db): Promise<number> {
  return writeAs(app, SYSTEM, async tx => {
    const concerns = concernsSomebody(await goesWhole(tx))
    let found = 0
    for (const { dataset: { id, retentionYears, consent } } of await listDatasets(tx, null)) {
      await sql`delete from core.proposal p using core.record r where ${within('p.area_code', [NATION])} and ${within('r.area_code', [NATION])} and r.area_code = p.area_code and r.id = p.record_id and p.dataset_id = ${id}
        and (p.last_day < ${LAST_DAY} or not ${concerns})`.execute(tx)
      if (retentionYears !== null) found += await propose(tx, id, 'retention', sql`(${LAST_DAY} + make_interval(years => ${retentionYears}))::date`, concerns)
      if (consent !== null) for (const said of await listRefusals(tx, id)) found += await propose(tx, id, 'consent', LAST_DAY, sql<boolean>`${said} and ${concerns}`)
    }
    return found
  })
}

async function propose(tx: Writer, id: DatasetId, kind: Proposal['kind'], due: RawBuilder<unknown>, where: RawBuilder<boolean>): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into core.proposal (area_code, record_id, kind, dataset_id, last_day, due_day)
    select r.area_code, r.id, ${kind}, r.dataset_id, ${LAST_DAY}, ${due} from core.record r
    where r.dataset_id = ${id} and ${within('r.area_code', [NATION])} and r.state <> 'erased' and ${where} and ${due} <= ${TODAY}
      and not exists (select from core.proposal p where p.area_code = r.area_code and p.record_id = r.id and p.kind = ${kind}) limit ${MOST_AT_ONCE}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Where the question for consent was answered, and not with yes: by the forms of the dataset. */
async function listRefusals(tx: Writer, id: DatasetId): Promise<RawBuilder<boolean>[]> {
  const { rows } = await sql<{ formArea: AreaCode; datasetId: DatasetId; version: string }>`select area_code as "formArea", dataset_id as "datasetId", version from core.form where dataset_id = ${id}`.execute(tx)
  const models = await listModels(tx, rows)
  return rows.flatMap(form => {
    const model = models.get(`${form.formArea} ${form.datasetId} ${form.version}`), question = model && questionOf(model, 'consent')
    const sensitivity = model && question && keysOf(model)[0]?.questions.find(({ key }) => key === question.key)?.sensitivity
    return question && sensitivity ? [sql<boolean>`r.form_area = ${form.formArea} and r.version = ${form.version} and coalesce(${sql.ref(`r.${sensitivity}`)} ->> ${question.key}, 'yes') <> 'yes'`] : []
  })
}

/** Erases what was proposed, or keeps it for a reason until another day. Of many, as many as one transaction takes; `left` says how many wait. */
export async function settle(tx: Writer, parts: EraseParts, by: By, body: SettleBody): Promise<{ done: number; left: number }> {
  if (body.reason.length < 5) throw privacyProblems.needsReason({})
  if (!body.records?.length && !body.all) throw privacyProblems.nothingChosen({})
  const looking = { ...by, purpose: body.reason }, areas = body.all ? narrow(by.areas, body.all.area) : by.areas
  const { rows } = await sql<{ record: RecordId; area: AreaCode; kind: Proposal['kind']; whole: boolean }>`
    select distinct on (p.record_id) p.record_id as record, p.area_code as area, p.kind, ${await goesWhole(tx)} as whole from core.proposal p join core.record r on r.area_code = p.area_code and r.id = p.record_id
    where ${within('p.area_code', areas)} and ${isSeenEver('r', looking)} and ${body.all ? sql`p.dataset_id = ${body.all.dataset} and ${IS_OPEN}` : sql`p.record_id = any(${body.records}::uuid[])`} order by p.record_id, p.kind`.execute(tx)
  if (rows.length === 0) throw privacyProblems.notThere({})
  if (body.act === 'keep') return keep(tx, by, areas, rows, body)
  const now = rows.slice(0, MOST_ERASED)
  for (const { record, kind, whole } of now) {
    // one that went with another a moment ago
    const { rows: [still] } = await sql<object>`select from core.record where id = ${record} and state <> 'erased' and ${within('area_code', areas)}`.execute(tx)
    if (still) await erase(tx, parts, by, { spots: [{ record, repeat: null, row: null }], whole: whole ? [record] : [], also: '', cause: kind, request: null, reason: body.reason }, false)
  }
  await sql`delete from core.proposal p where ${within('p.area_code', areas)} and p.record_id = any(${now.map(({ record }) => record)}::uuid[])`.execute(tx)
  return { done: now.length, left: rows.length - now.length }
}

async function keep(tx: Writer, { viewer: { person } }: By, areas: readonly AreaCode[], rows: readonly { record: RecordId; area: AreaCode }[], { until, reason }: SettleBody): Promise<{ done: number; left: number }> {
  const today = new Date(), last = new Date(today.getTime()); last.setFullYear(today.getFullYear() + MOST_KEPT_YEARS)
  if (!until || new Date(until) <= today || new Date(until) > last) throw privacyProblems.badUntil({})
  await sql`update core.proposal p set until = ${until}::date, reason = ${reason}, said_by = ${person.id}::uuid, said_by_name = ${person.name}
    where ${within('p.area_code', areas)} and p.record_id = any(${rows.map(({ record }) => record)}::uuid[])`.execute(tx)
  await note(tx, { action: 'privacy.keep', area: commonOf(rows.map(({ area }) => area)), target: rows.length === 1 ? rows[0]?.record ?? null : `${rows.length}`, reason })
  return { done: rows.length, left: 0 }
}
