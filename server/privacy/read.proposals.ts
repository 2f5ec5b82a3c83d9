import { sql, type RawBuilder } from 'kysely'
import type { QueryOf, ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import type { privacyApi } from '../../domain/privacy/api.ts'
import type { Erasure, Proposal } from '../../domain/privacy/privacy.ts'
import type { Answers } from '../../domain/record/record.ts'
import { namesOf } from '../access/read.ts'
import { listDatasets } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { narrow, within } from '../db/place.ts'
import { TODAY } from '../db/today.ts'
import { answers, type Looking } from '../record/read.answers.ts'
import { isSeenEver, makeName } from '../record/read.near.ts'

/** Nobody has decided, or the day until which it was kept has come. */
export const IS_OPEN = sql<boolean>`(p.until is null or p.until <= ${TODAY})`
const TAMBON = 8

const tells = (alias: string) => sql<boolean>`(${sql.ref(`${alias}.personal`)} <> '{}' or ${sql.ref(`${alias}.sensitive`)} <> '{}')`
/**
 * Whether all of a record `r` goes when its time has come: it is about persons, or tells of them in its rows. Of any other (a dish, a shop) only
 * what it says of persons goes, and the record stays without them.
 */
export async function goesWhole(tx: Reader): Promise<RawBuilder<boolean>> {
  const ofPersons = (await listDatasets(tx, null)).flatMap(({ dataset: { id, unit } }) => unit === 'person' || unit === 'household' ? [id] : [])
  return sql<boolean>`(r.dataset_id = any(${ofPersons}::text[]) or exists (select from core.record_row w where w.area_code = r.area_code and w.record_id = r.id and ${tells('w')}))`
}
/** What says nothing of anybody is kept for as long as one likes. */
export const concernsSomebody = (whole: RawBuilder<boolean>): RawBuilder<boolean> => sql<boolean>`(${tells('r')} or ${whole})`

type Row = Pick<Proposal, 'record' | 'area' | 'kind' | 'lastDay' | 'dueDay' | 'until' | 'reason' | 'byName'> & { id: RecordId; datasetId: DatasetId; formArea: AreaCode; version: string; values: Answers; open: boolean; whole: boolean }

/** What is due in these places: the longest overdue first, and how many by dataset and tambon. */
export async function listProposals(tx: Reader, looking: Looking, { dataset, kept, after, limit }: QueryOf<typeof privacyApi.listProposals>): Promise<ReplyOf<typeof privacyApi.listProposals>> {
  const here = sql`core.proposal p join core.record r on r.area_code = p.area_code and r.id = p.record_id where ${within('p.area_code', looking.areas)} and ${isSeenEver('r', looking)}`
  const [day, id] = (after ?? '').split('_')
  const { rows } = await sql<Row>`
    select r.id, r.id as record, p.area_code as area, p.kind, p.last_day as "lastDay", p.due_day as "dueDay", p.until, p.reason, p.said_by_name as "byName", p.dataset_id as "datasetId",
      r.form_area as "formArea", r.version, ${answers('r', looking)} as values, ${IS_OPEN} as open, ${await goesWhole(tx)} as whole
    from ${here} and ${kept ? sql`not ${IS_OPEN}` : IS_OPEN} ${dataset ? sql`and p.dataset_id = ${dataset}` : sql``} ${day && id ? sql`and (p.due_day, p.record_id) > (${day}::date, ${id}::uuid)` : sql``}
    order by p.due_day, p.record_id limit ${limit + 1}`.execute(tx)
  const { rows: groups } = await sql<{ dataset: DatasetId; area: AreaCode; retention: number; consent: number }>`
    select p.dataset_id as dataset, left(p.area_code, ${sql.lit(TAMBON)}) as area, (count(*) filter (where p.kind = 'retention'))::int as retention, (count(*) filter (where p.kind = 'consent'))::int as consent
    from ${here} and ${IS_OPEN} group by 1, 2 order by 3 + 4 desc, 1, 2 limit 200`.execute(tx)
  const page = rows.slice(0, limit), last = page.at(-1), name = await makeName(tx, page), names = await namesOf(tx, [...page, ...groups].map(({ area }) => area))
  const called = new Map((await listDatasets(tx, null)).map(one => [one.dataset.id, one.dataset.name]))
  const nameOf = (area: AreaCode): Text => names.get(area) ?? { th: area, en: area }
  return {
    items: page.map(row => {
      const { title, datasetName } = name(row), { record, area, kind, lastDay, dueDay, until, reason, byName, open, whole } = row
      return { record, dataset: row.datasetId, datasetName, area, areaName: nameOf(area), kind, lastDay, dueDay, title, whole, state: open ? 'open' as const : 'kept' as const, until, reason, byName }
    }),
    groups: groups.map(group => ({ ...group, datasetName: called.get(group.dataset) ?? { th: group.dataset, en: group.dataset }, areaName: nameOf(group.area) })),
    next: rows.length > limit && last ? `${last.dueDay}_${last.record}` : null,
  }
}

/** What was erased, the latest first. */
export async function listErasures(tx: Reader, areas: readonly AreaCode[], { area, after, limit }: QueryOf<typeof privacyApi.listErasures>): Promise<ReplyOf<typeof privacyApi.listErasures>> {
  const [at, id] = (after ?? '').split('_')
  const { rows } = await sql<Omit<Erasure, 'areaName' | 'at'> & { at: Date }>`
    select e.id, date_trunc('milliseconds', max(e.at)) as at, min(e.person_name) as "byName", min(e.cause) as cause, min(e.request) as request, min(e.reason) as reason, count(*)::int as records, min(e.area_code) as area, array_agg(distinct e.dataset_id) as datasets
    from raw.erasure e where ${within('e.area_code', area ? narrow(areas, area) : areas)} group by e.id
    ${at && id ? sql`having (date_trunc('milliseconds', max(e.at)), e.id) < (${at}::timestamptz, ${id}::uuid)` : sql``} order by 2 desc, 1 desc limit ${limit + 1}`.execute(tx)
  const page = rows.slice(0, limit), last = page.at(-1), names = await namesOf(tx, page.map(row => row.area))
  return { items: page.map(row => ({ ...row, at: row.at.toISOString(), areaName: names.get(row.area) ?? { th: row.area, en: row.area } })), next: rows.length > limit && last ? `${last.at.toISOString()}_${last.id}` : null }
}
