import { randomUUID } from 'node:crypto'
import { TeamId, type AreaCode } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import { isWithin, NATION } from '../../domain/area/rules.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { can } from '../../domain/access/can.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { areasByCode } from '../area/read.ts'
import type { Writer } from '../db/db.ts'
import { note, traced } from '../db/note.ts'
import { within } from '../db/place.ts'
import { inPlaces } from '../db/scope.ts'

export type TeamGiven = { name: Text; university: Text; areas: readonly AreaCode[] }

/** A team in places that its maker all holds; it is kept in the first of them. */
export async function makeTeam(tx: Writer, viewer: Viewer, given: TeamGiven): Promise<{ id: TeamId }> {
  const areas = await checkAreas(tx, viewer, given.areas)
  const id = TeamId.parse(randomUUID()), home = areas[0] as AreaCode
  await tx.insertInto('team.team').values({ area_code: home, id, ...namesOf(given), made_by: viewer.person.id }).execute()
  await tx.insertInto('team.area').values(areas.map(area_code => ({ area_code, team_id: id }))).execute()
  await note(tx, { action: 'team.make', area: home, target: id })
  return { id }
}

/** Only who holds all places of a team, those before and those after, changes it: else somebody would write where they hold nothing. */
export async function changeTeam(tx: Writer, viewer: Viewer, own: readonly AreaCode[], id: TeamId, given: TeamGiven): Promise<{ id: TeamId }> {
  const team = await tx.selectFrom('team.team').where('id', '=', id).where(within('area_code', own)).select('area_code').executeTakeFirst()
  if (!team) throw accessProblems.notThere({})
  const before = await inPlaces(tx, [NATION], () => tx.selectFrom('team.area').where('team_id', '=', id).where('area_code', '>=', NATION).select('area_code').execute())
  if (!before.every(({ area_code }) => own.some(place => isWithin(area_code, place)))) throw accessProblems.notThere({})
  const areas = await checkAreas(tx, viewer, given.areas)
  // it is kept in one of its places, so that whoever holds them may change it again
  const home = areas.includes(team.area_code) ? team.area_code : areas[0] as AreaCode
  await tx.updateTable('team.team').set({ ...namesOf(given), area_code: home }).where('area_code', '=', team.area_code).where('id', '=', id).execute()
  await tx.deleteFrom('team.area').where('team_id', '=', id).where(within('area_code', own)).execute()
  await tx.insertInto('team.area').values(areas.map(area_code => ({ area_code, team_id: id }))).execute()
  await note(tx, { action: 'team.change', area: home, target: id })
  return { id }
}

async function checkAreas(tx: Writer, viewer: Viewer, given: readonly AreaCode[]): Promise<AreaCode[]> {
  const areas = [...new Set(given)].sort()
  const beyond = areas.find(area => !can(viewer, 'manage-people', area))
  if (beyond) throw traced(accessProblems.exceeds({ role: 'team', area: beyond }), { action: 'grant.refuse', area: beyond, reason: 'team' })
  const found = await areasByCode(tx, areas)
  const gone = areas.find(area => !found.has(area))
  if (gone) throw accessProblems.endedArea({ area: gone })
  return areas
}

function namesOf({ name, university }: TeamGiven) {
  return { name_th: name.th, name_en: name.en, university_th: university.th, university_en: university.en }
}
