import { sql } from 'kysely'
import type { AreaCode, DatasetId, TeamId } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import { isWithin } from '../../domain/area/rules.ts'
import { placesOfCollectors } from '../../domain/board/can.ts'
import type { BoardBy, Expected } from '../../domain/board/board.ts'
import { areasOn } from '../area/read.list.ts'
import { namesOf } from '../access/read.ts'
import { listDatasets } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { TODAY } from '../db/today.ts'
import type { Looking } from '../record/read.answers.ts'

/** A row before its numbers: what it is called, and which keys of the count are its. */
export type Line = { key: string; name: Text; area: AreaCode | null; dataset: DatasetId | null; keys: readonly string[] }
type Of = { area: AreaCode; dataset: DatasetId | null; keys: readonly string[] }

/** The rows of a board: every place of the level, also where nothing ever came; datasets; teams; people. */
export async function listLines(tx: Reader, looking: Looking, by: BoardBy, of: Of): Promise<Line[]> {
  switch (by) {
    case 'dataset': return listOfDatasets(tx, of)
    case 'team': return listTeams(tx, placesOfCollectors(looking.viewer, looking.areas))
    case 'person': return listPeople(tx, looking, of)
    default: return listPlaces(tx, looking, by, of)
  }
}

async function listPlaces(tx: Reader, { areas }: Looking, by: 'province' | 'district' | 'tambon' | 'village', { area, keys }: Of): Promise<Line[]> {
  const listed = (await areasOn(tx, area, by, 'today')).map(({ code }) => code).filter(code => areas.some(place => isWithin(code, place) || isWithin(place, code)))
  // what stands at a place above the level, or in one that no list has today, is a row of its own
  const codes = [...listed, ...(keys as AreaCode[]).filter(key => !listed.includes(key))], names = await namesOf(tx, codes)
  return codes.map(code => ({ key: code, name: names.get(code) ?? { th: code, en: code }, area: code, dataset: null, keys: [code] }))
}

async function listOfDatasets(tx: Reader, { area, keys }: Of): Promise<Line[]> {
  const there = await listDatasets(tx, area), known = new Set(keys)
  const all = [...there, ...(await listDatasets(tx, null)).filter(({ dataset }) => known.has(dataset.id) && !there.some(one => one.dataset.id === dataset.id))]
  return all.map(({ dataset }) => ({ key: dataset.id, name: dataset.name, area: null, dataset: dataset.id, keys: [dataset.id] }))
}

type TeamRow = { id: TeamId; name_th: string; name_en: string; university_th: string; university_en: string; areas: AreaCode[] }

/** By university: the tambons of a team as far as they lie in sight; a tambon of two teams is in both rows. */
async function listTeams(tx: Reader, areas: readonly AreaCode[]): Promise<Line[]> {
  const { rows } = await sql<TeamRow>`
    select t.id, t.name_th, t.name_en, t.university_th, t.university_en, array_agg(a.area_code order by a.area_code) as areas
    from team.area a join team.team t on t.id = a.team_id where ${within('a.area_code', areas)} group by t.id, t.name_th, t.name_en, t.university_th, t.university_en order by t.id`.execute(tx)
  return rows.map(row => ({ key: row.id, name: { th: `${row.university_th} · ${row.name_th}`, en: `${row.university_en} · ${row.name_en}` }, area: null, dataset: null, keys: row.areas }))
}

/** The tambons of a team that lie in these places; none for a team that has none there. */
export async function listTeamAreas(tx: Reader, areas: readonly AreaCode[], team: TeamId): Promise<AreaCode[]> {
  const { rows } = await sql<{ code: AreaCode }>`select a.area_code as code from team.area a where a.team_id = ${team} and ${within('a.area_code', areas)} order by 1`.execute(tx)
  return rows.map(({ code }) => code)
}

const ELSEWHERE: Text = { th: 'คนจากพื้นที่อื่น', en: 'somebody from elsewhere' }

/** Who recorded something, or holds the role of a collector there and has not yet. */
async function listPeople(tx: Reader, { areas }: Looking, { keys }: Of): Promise<Line[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select p.id, p.name from access.person p where p.ended_at is null and (p.id = any(${keys}::uuid[]) or exists (
      select from access.grant g where g.person_id = p.id and g.role = 'collector' and ${within('g.area_code', areas)} and g.ended_at is null and (g.valid_until is null or g.valid_until > ${TODAY})))
    order by p.id`.execute(tx)
  const names = new Map(rows.map(({ id, name }) => [id, { th: name, en: name }]))
  return [...new Set([...names.keys(), ...keys])].map(id => ({ key: id, name: names.get(id) ?? ELSEWHERE, area: null, dataset: null, keys: [id] }))
}

/** The expectations of several places as one, if each has one; where not, nothing is said. */
export function joinExpected(parts: readonly (Expected | null)[]): Expected | null {
  if (parts.length === 0 || parts.some(part => part === null)) return null
  const known = parts as Expected[], says = [...new Set(known.map(({ say }) => say.th))], [first] = known as [Expected]
  const count = known.reduce((sum, part) => sum + part.count, 0)
  return says.length === 1 && first.from !== 'targets' ? { ...first, count } : { count, from: 'targets', of: parts.length, say: { th: `รวมจาก ${parts.length} แห่ง`, en: `added up from ${parts.length} places` } }
}
