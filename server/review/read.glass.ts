import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, PersonId, RecordId } from '../../domain/base/ids.ts'
import { ancestorsOf } from '../../domain/area/rules.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { ROLES } from '../../domain/access/can.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import type { Glass } from '../../domain/review/review.glass.ts'
import { namesOf } from '../access/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { TODAY } from '../db/today.ts'

type Row = Omit<Glass, 'areaName' | 'openedAt' | 'until' | 'ended'> & { openedAt: Date; until: Date; endedAt: Date | null; endedBy: string | null }
/** What of it is looked at: the last month. */
const RECENT = sql`g.opened_at > now() - interval '30 days'`

/** In these places, the latest first. */
export const listGlass = (tx: Reader, areas: readonly AreaCode[]) => list(tx, sql<boolean>`${within('g.area_code', areas)} and ${RECENT}`)
export const listOwnGlass = (tx: Reader, person: PersonId) => list(tx, sql<boolean>`g.person_id = ${person} and ${RECENT}`)

/** The glass through which somebody sees a record now. */
export async function getGlass(tx: Reader, person: PersonId, record: RecordId): Promise<Glass> {
  const glass = (await list(tx, sql<boolean>`g.person_id = ${person} and g.record_id = ${record}`)).find(({ holds }) => holds)
  if (!glass) throw accessProblems.notThere({})
  return glass
}

async function list(tx: Reader, which: RawBuilder<boolean>): Promise<Glass[]> {
  const { rows } = await sql<Row>`
    select g.id, g.record_id as record, g.dataset_id as dataset, g.area_code as area, g.person_id as person, g.person_name as "personName", g.reason, g.opened_at as "openedAt", g.until, g.ended_at as "endedAt", g.ended_by_name as "endedBy",
      g.ended_at is null and g.until > now() as holds
    from access.glass g where ${which} order by g.opened_at desc, g.id limit 100`.execute(tx)
  const names = await namesOf(tx, rows.map(({ area }) => area))
  return rows.map(({ openedAt, until, endedAt, endedBy, ...row }) => ({
    ...row, areaName: names.get(row.area) ?? { th: row.area, en: row.area }, openedAt: openedAt.toISOString(), until: until.toISOString(), ended: endedAt && { at: endedAt.toISOString(), byName: endedBy ?? '' },
  }))
}

/** Who looks through a glass does so with the roles that let them, as if these held in the place: no field more than at home. */
export function asIfThere(viewer: Viewer, area: AreaCode): Viewer {
  return { ...viewer, onlyAreas: null, grants: viewer.grants.filter(({ role }) => ROLES[role].rights.includes('break-glass')).map(grant => ({ ...grant, area })) }
}

/** Addresses of those who answer for a place: its integrators, of the tambon and above, but for the nation. */
export async function listAddresses(tx: Reader, area: AreaCode): Promise<string[]> {
  const places = [area, ...ancestorsOf(area)]
  const { rows } = await sql<{ email: string }>`
    select distinct p.email from access.grant g join access.person p on p.id = g.person_id
    where g.area_code = any(${places}::text[]) and g.role in ('tambon-integrator', 'provincial-integrator') and g.ended_at is null and g.valid_from <= ${TODAY}
      and (g.valid_until is null or g.valid_until > ${TODAY}) and p.ended_at is null and not p.demo and p.email is not null`.execute(tx)
  return rows.map(({ email }) => email)
}
