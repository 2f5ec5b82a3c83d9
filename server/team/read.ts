import { sql } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, PersonId, TeamId } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import type { Role } from '../../domain/access/access.ts'
import { wordsOf } from '../../domain/access/rules.terms.ts'
import type { teamApi } from '../../domain/team/api.ts'
import type { Member, Team } from '../../domain/team/team.ts'
import { namesOf } from '../access/read.ts'
import type { Reader } from '../db/db.ts'
import { narrow, within } from '../db/place.ts'
import { TODAY } from '../db/today.ts'

type Teams = ReplyOf<typeof teamApi.listTeams>
export type TeamsAsked = { q?: string | undefined; area?: AreaCode | undefined; after?: string | undefined; limit: number }
type TeamRow = { id: TeamId; name_th: string; name_en: string; university_th: string; university_en: string }

/** Teams with a tambon in these places, by number; of each the tambons and members that lie there. */
export async function listTeams(tx: Reader, areas: readonly AreaCode[], { q, area, after, limit }: TeamsAsked): Promise<Teams> {
  const places = area ? narrow(areas, area) : areas
  const words = wordsOf(q ?? '').map(word => sql`position(${word} in lower(concat_ws(' ', t.name_th, t.name_en, t.university_th, t.university_en))) > 0`)
  const { rows } = await sql<TeamRow>`
    select t.id, t.name_th, t.name_en, t.university_th, t.university_en from team.team t
    where t.id in (select a.team_id from team.area a where ${within('a.area_code', places)})
      and ${sql.join([sql`true`, ...words, ...isUuid(after) ? [sql`t.id > ${after}::uuid`] : []], sql` and `)}
    order by t.id limit ${limit + 1}`.execute(tx)
  const shown = rows.slice(0, limit)
  return { items: await toTeams(tx, shown, places), next: rows.length > limit ? shown.at(-1)?.id ?? null : null }
}

/** A team with a tambon in these places; undefined for any other, whether or not there is one. */
export async function findTeam(tx: Reader, areas: readonly AreaCode[], id: TeamId): Promise<Team | undefined> {
  const { rows } = await sql<TeamRow>`
    select t.id, t.name_th, t.name_en, t.university_th, t.university_en from team.team t
    where t.id = ${id} and t.id in (select a.team_id from team.area a where a.team_id = ${id} and ${within('a.area_code', areas)})`.execute(tx)
  return (await toTeams(tx, rows, areas))[0]
}

async function toTeams(tx: Reader, rows: readonly TeamRow[], places: readonly AreaCode[]): Promise<Team[]> {
  if (rows.length === 0) return []
  const ids = rows.map(row => row.id)
  const areas = await tx.selectFrom('team.area').where('team_id', 'in', ids).where(within('area_code', places)).select(['team_id', 'area_code']).orderBy('area_code').execute()
  const counts = await tx.selectFrom('access.grant').where('team_id', 'in', ids).where(within('area_code', places)).where('ended_at', 'is', null)
    .where(({ or, eb }) => or([eb('valid_until', 'is', null), eb('valid_until', '>', TODAY)]))
    .select(({ fn }) => ['team_id', fn.count<number>('person_id').distinct().as('members')]).groupBy('team_id').execute()
  const names = await namesOf(tx, areas.map(row => row.area_code))
  return rows.map(row => ({
    id: row.id, name: { th: row.name_th, en: row.name_en }, university: { th: row.university_th, en: row.university_en },
    areas: areas.filter(one => one.team_id === row.id).map(({ area_code: code }) => ({ code, name: nameIn(names, code) })),
    members: Number(counts.find(one => one.team_id === row.id)?.members ?? 0),
  }))
}

export function nameIn(names: ReadonlyMap<AreaCode, Text>, code: AreaCode): Text {
  return names.get(code) ?? { th: code, en: code }
}

export type Members = { members: Member[]; next: string | null }

/** Who holds a role through the team in these places, person by person. */
export async function listMembers(tx: Reader, areas: readonly AreaCode[], team: TeamId, { after, limit }: { after?: string | undefined; limit: number }): Promise<Members> {
  const { rows } = await sql<{ person: PersonId; name: string; role: Role; areas: AreaCode[] }>`
    select g.person_id as person, p.name, g.role, array_agg(distinct g.area_code) as areas
    from access.grant g join access.person p on p.id = g.person_id
    where g.team_id = ${team} and ${within('g.area_code', areas)} and g.ended_at is null and p.ended_at is null and (g.valid_until is null or g.valid_until > ${TODAY})
      ${isMemberKey(after) ? sql`and (g.person_id, g.role) > (${after.slice(0, ID_LENGTH)}::uuid, ${after.slice(ID_LENGTH)})` : sql``}
    group by g.person_id, p.name, g.role order by g.person_id, g.role limit ${limit + 1}`.execute(tx)
  const members = rows.slice(0, limit), last = members.at(-1)
  return { members, next: rows.length > limit && last ? `${last.person}${last.role}` : null }
}

const ID_LENGTH = 36

function isUuid(text: string | undefined): text is string {
  return text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

function isMemberKey(after: string | undefined): after is string {
  return after !== undefined && isUuid(after.slice(0, ID_LENGTH))
}
