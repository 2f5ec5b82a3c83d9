import { stringify } from 'csv-stringify/sync'
import { sql, type RawBuilder } from 'kysely'
import type { FileReply, QueryOf, ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { ExportEntry } from '../../domain/audit/audit.export.ts'
import type { privacyApi } from '../../domain/privacy/api.ts'
import { namesOf } from '../access/read.ts'
import type { Reader } from '../db/db.ts'
import { narrow, within } from '../db/place.ts'

type Asked = QueryOf<typeof privacyApi.exportExports>
type Row = Omit<ExportEntry, 'at' | 'areaName'> & { at: Date }

/** What left and held records of these places, the latest first; `here` counts these alone. */
export async function listExports(tx: Reader, areas: readonly AreaCode[], { after, limit, ...asked }: QueryOf<typeof privacyApi.listExports>): Promise<ReplyOf<typeof privacyApi.listExports>> {
  const [at, id] = (after ?? '').split('_'), rows = await listRows(tx, areas, asked, at && id ? sql`and (date_trunc('milliseconds', e.at), e.id) < (${at}::timestamptz, ${id}::uuid)` : sql``, limit + 1)
  const page = rows.slice(0, limit), last = page.at(-1)
  return { items: await toEntries(tx, page), next: rows.length > limit && last ? `${last.at.toISOString()}_${last.id}` : null }
}

const MOST_LINES = 100_000
const COLUMNS = ['at', 'who', 'by', 'what', 'format', 'datasets', 'area', 'filter', 'sensitivities', 'records', 'records_here', 'purpose']

export async function fileOfExports(tx: Reader, areas: readonly AreaCode[], asked: Asked): Promise<FileReply> {
  const lines = (await listRows(tx, areas, asked, sql``, MOST_LINES)).map(row => [
    row.at.toISOString(), row.actorName, row.actorKind, row.what, row.format, row.datasets.join(' '), row.area, JSON.stringify(row.filter), row.sensitivities.join(' '), row.records, row.here, row.purpose,
  ])
  return { name: `exports-${new Date().toISOString().slice(0, 10)}.csv`, type: 'text/csv; charset=utf-8', body: stringify(lines, { header: true, columns: COLUMNS, bom: true, record_delimiter: 'windows', escape_formulas: true }) }
}

async function listRows(tx: Reader, all: readonly AreaCode[], { area, what, from, until }: Asked, after: RawBuilder<unknown>, most: number): Promise<Row[]> {
  const areas = area ? narrow(all, area) : all
  const { rows } = await sql<Row>`
    select e.id, date_trunc('milliseconds', e.at) as at, e.kind as "actorKind", e.actor_name as "actorName", e.what, e.format, e.datasets, e.area_code as area, e.filter, e.sensitivities, e.records, e.purpose,
      (select coalesce(sum(p.records), 0)::int from audit.export_place p where p.export_id = e.id and ${within('p.area_code', areas)}) as here
    from audit.export e where (${within('e.area_code', areas)} or e.id in (select h.export_id from audit.export_place h where ${within('h.area_code', areas)}))
      ${what ? sql`and e.what = ${what}` : sql``} ${from ? sql`and e.at >= ${from}::timestamp at time zone 'Asia/Bangkok'` : sql``} ${until ? sql`and e.at < (${until}::date + 1)::timestamp at time zone 'Asia/Bangkok'` : sql``} ${after}
    order by 2 desc, e.id desc limit ${most}`.execute(tx)
  return rows
}

async function toEntries(tx: Reader, rows: readonly Row[]): Promise<ExportEntry[]> {
  const names = await namesOf(tx, rows.map(({ area }) => area))
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString(), areaName: names.get(row.area) ?? { th: row.area, en: row.area } }))
}
