import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { GrantId, type AreaCode, type PersonId, type TeamId } from '../../domain/base/ids.ts'
import { isWithin, NATION } from '../../domain/area/rules.ts'
import type { Grant, Role, Viewer } from '../../domain/access/access.ts'
import { can, canGive, ROLES } from '../../domain/access/can.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { areasByCode } from '../area/read.ts'
import type { Reader, Writer } from '../db/db.ts'
import { note, traced } from '../db/note.ts'
import { within } from '../db/place.ts'
import { inPlaces } from '../db/scope.ts'
import { TODAY } from '../db/today.ts'
import { GRANT_COLUMNS } from './read.held.ts'

export type Wanted = { person: PersonId; role: Role; areas: readonly AreaCode[]; from: string; until: string | null }

/** Gives a role in places, in all of them or in none. It begins today at the earliest: a grant does not reach back. */
export async function giveGrants(tx: Writer, viewer: Viewer, wanted: Wanted): Promise<{ id: GrantId }[]> {
  const { person, role } = wanted
  const known = await tx.selectFrom('access.person').where('id', '=', person).where('ended_at', 'is', null).select('id').executeTakeFirst()
  if (!known) throw accessProblems.notThere({})
  const dates = await checkDates(tx, wanted)
  if (person === viewer.person.id) throw traced(accessProblems.ownRole({}), { action: 'grant.refuse', area: wanted.areas[0] as AreaCode, about: person, reason: role })
  await checkGiving(tx, viewer, { ...wanted, ...dates })
  return addGrants(tx, { ...wanted, ...dates, giver: viewer.person, team: null })
}

/** Refuses what goes beyond the giver in role, place or time, and places that are not there; the audit hears of the first. */
export async function checkGiving(tx: Writer, giver: Viewer, { role, areas, from, until, person = null }: Omit<Wanted, 'person'> & { person?: PersonId | null }): Promise<void> {
  const beyond = areas.find(area => !canGive(giver, { role, area, from, until }))
  if (beyond) throw traced(accessProblems.exceeds({ role, area: beyond }), { action: 'grant.refuse', area: beyond, about: person, reason: role })
  const found = await areasByCode(tx, areas)
  const gone = areas.find(area => !found.has(area) || (found.get(area)?.valid_until ?? '9999') <= from)
  if (gone) throw accessProblems.endedArea({ area: gone })
}

export async function checkDates(tx: Reader, { from, until }: { from: string; until: string | null }): Promise<{ from: string; until: string | null }> {
  const { rows: [row] } = await sql<{ today: string }>`select ${TODAY}::text as today`.execute(tx)
  const today = row?.today as string, begins = from < today ? today : from
  if (until !== null && until <= begins) throw accessProblems.badDates({})
  return { from: begins, until }
}

export type Given = Wanted & { giver: { id: PersonId; name: string }; team: TeamId | null }

/** Writes the grants and their lines; what somebody already holds in the same words is not written twice. */
export async function addGrants(tx: Writer, { person, role, areas, from, until, giver, team }: Given): Promise<{ id: GrantId }[]> {
  const held = await tx.selectFrom('access.grant').where('person_id', '=', person).where('role', '=', role).where('ended_at', 'is', null).select(['id', 'area_code', 'valid_until', 'valid_from', 'team_id']).execute()
  const given: { id: GrantId }[] = []
  for (const area of new Set(areas)) {
    const same = held.find(grant => grant.area_code === area && grant.valid_until === until && grant.valid_from <= from && grant.team_id === team)
    const id = same?.id ?? GrantId.parse(randomUUID())
    given.push({ id })
    if (same) continue
    await tx.insertInto('access.grant').values({
      area_code: area, id, person_id: person, role, valid_from: from, valid_until: until, given_by: giver.id, given_by_name: giver.name, ended_at: null, ended_by: null, team_id: team,
    }).execute()
    await note(tx, { action: 'grant.give', area, target: id, about: person, reason: role })
  }
  return given
}

/** Ends a grant in one's places that one could have given, or one's own. */
export async function endGrant(tx: Writer, viewer: Viewer, areas: readonly AreaCode[], id: GrantId): Promise<{ id: GrantId }> {
  const grant = await tx.selectFrom('access.grant').where('id', '=', id).where(within('area_code', areas)).where('ended_at', 'is', null).select(GRANT_COLUMNS).executeTakeFirst()
  if (!grant) throw accessProblems.notThere({})
  if (grant.person !== viewer.person.id && !isBelow(viewer, grant)) {
    throw traced(accessProblems.exceeds({ role: grant.role, area: grant.area }), { action: 'grant.refuse', area: grant.area, about: grant.person, target: id, reason: 'end' })
  }
  if (grant.role === 'administrator') await keepAnAdministrator(tx, grant)
  await tx.updateTable('access.grant').set({ ended_at: new Date(), ended_by: viewer.person.id }).where('area_code', '=', grant.area).where('id', '=', id).execute()
  await note(tx, { action: 'grant.end', area: grant.area, target: id, about: grant.person, reason: grant.role })
  return { id }
}

/** Whether somebody could have given this role there. */
export function isBelow(viewer: Viewer, { role, area }: Pick<Grant, 'role' | 'area'>): boolean {
  return can(viewer, 'manage-people', area) && viewer.grants.some(own => ROLES[own.role].gives.includes(role) && isWithin(area, own.area))
}

/** The last administrator of a place cannot go. Two who go at once wait for each other. */
async function keepAnAdministrator(tx: Writer, grant: Grant): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('access.administrator'))`.execute(tx)
  const others = await inPlaces(tx, [NATION], () => tx.selectFrom('access.grant as g').innerJoin('access.person as p', 'p.id', 'g.person_id')
    .where('g.area_code', '>=', NATION).where('g.role', '=', 'administrator').where('g.id', '<>', grant.id).where('g.person_id', '<>', grant.person)
    .where('g.ended_at', 'is', null).where('p.ended_at', 'is', null).where('g.valid_from', '<=', TODAY)
    .where(({ or, eb }) => or([eb('g.valid_until', 'is', null), eb('g.valid_until', '>', TODAY)])).select('g.area_code').execute())
  if (!others.some(other => isWithin(grant.area, other.area_code))) throw accessProblems.lastAdministrator({})
}
