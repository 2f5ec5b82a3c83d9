import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, PersonId } from '../../domain/base/ids.ts'
import { fullName } from '../../domain/area/rules.ts'
import type { AuditLine } from '../../domain/audit/audit.ts'
import { sayLine } from '../../domain/audit/rules.ts'
import { areasByCode, type AreaRow } from '../area/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'

export type AuditFilter = { person?: PersonId | undefined; target?: string | undefined; action?: string | undefined }
type Slice = { after?: string | undefined; limit: number }
type Page = { items: AuditLine[]; next: string | null }
type Row = Pick<AuditLine, 'id' | 'actor' | 'actorKind' | 'actorName' | 'action' | 'area' | 'target' | 'about' | 'reason'> & { at: Date }

/** What happened in these places, the newest first. */
export function listLines(tx: Reader, areas: readonly AreaCode[], { person, target, action }: AuditFilter, slice: Slice): Promise<Page> {
  const asked = [
    within('area_code', areas),
    ...person ? [sql`(actor = ${person} or about = ${person})`] : [],
    ...target ? [sql`target = ${target}`] : [],
    ...action ? [sql`action = ${action}`] : [],
  ]
  return pageOf(tx, sql.join(asked, sql` and `), slice)
}

/** What a person did, and what was done about them, wherever it was. */
export function listOwnLines(tx: Reader, person: PersonId, slice: Slice): Promise<Page> {
  return pageOf(tx, sql`(actor = ${person} or about = ${person})`, slice)
}

async function pageOf(tx: Reader, asked: RawBuilder<unknown>, { after, limit }: Slice): Promise<Page> {
  const { rows } = await sql<Row>`
    select id, at, actor, kind as "actorKind", actor_name as "actorName", action, area_code as area, target, about, reason
    from audit.line where ${asked} ${isLineNumber(after) ? sql`and id < ${after}` : sql``}
    order by id desc limit ${limit + 1}`.execute(tx)
  const shown = rows.slice(0, limit)
  const areas = await areasByCode(tx, [...new Set(shown.map(row => row.area))])
  return { items: shown.map(row => lineOf(row, areas.get(row.area))), next: rows.length > limit ? String(shown.at(-1)?.id) : null }
}

function isLineNumber(after: string | undefined): after is string {
  return after !== undefined && /^\d{1,18}$/.test(after)
}

function lineOf(row: Row, area: AreaRow | undefined): AuditLine {
  return { ...row, at: row.at.toISOString(), say: sayLine({ ...row, areaName: { th: nameIn(row.area, area, 'th'), en: nameIn(row.area, area, 'en') } }) }
}

function nameIn(code: AreaCode, area: AreaRow | undefined, lang: 'th' | 'en'): string {
  return area ? fullName({ code, type: area.type, name: { th: area.name_th, en: area.name_en } }, lang) : code
}
