import { sql } from 'kysely'
import { IndicatorId, type AreaCode, type RoundId } from '../../domain/base/ids.ts'
import { buddhistYear } from '../../domain/base/era.ts'
import { Problem } from '../../domain/base/problem.ts'
import type { Text } from '../../domain/base/text.ts'
import type { AreaLevel } from '../../domain/area/area.ts'
import { isWithin } from '../../domain/area/rules.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { placesOf } from '../../domain/access/can.ts'
import type { Expected } from '../../domain/board/board.ts'
import { sumTargets } from '../../domain/board/rules.ts'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import type { Round } from '../../domain/round/round.ts'
import { roundBefore } from '../../domain/round/rules.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { listFigures } from '../figure/read.list.ts'
import type { Looking } from '../record/read.answers.ts'
import { listRounds } from '../round/read.ts'
import { countCounted } from './read.counts.ts'

type Placed = 'province' | 'district' | 'tambon' | 'village'
type Of = { area: AreaCode; dataset: Dataset; round: Round | null }
export type ExpectedOf = (code: AreaCode) => Expected | null

const TARGET: Text = { th: 'เป้าหมายที่ตั้งไว้', en: 'a target that was set' }
const targets = (of: number): Text => ({ th: `รวมเป้าหมายที่ตั้งไว้ของ ${of} แห่ง`, en: `the targets set for ${of} places inside` })

/** What is expected of each place of a level: a target, else the round before, else (of households) the register; else nothing is said. */
export async function expectedIn(tx: Reader, looking: Looking, by: Placed, of: Of): Promise<ExpectedOf> {
  const [set, before, register] = [await listTargets(tx, looking.areas, of.dataset.id, of.round?.id ?? null), await listBefore(tx, looking, by, of), await listRegister(tx, looking, of, by)]
  return code => {
    const own = set.find(({ area }) => area === code), inside = sumTargets(code, set)
    if (own) return { count: own.expected, from: 'target', of: null, say: TARGET }
    if (inside) return { count: inside.count, from: 'targets', of: inside.of, say: targets(inside.of) }
    return before(code) ?? register.get(code) ?? null
  }
}

export async function listTargets(tx: Reader, areas: readonly AreaCode[], dataset: string, round: RoundId | null): Promise<{ area: AreaCode; expected: number }[]> {
  const { rows } = await sql<{ area: AreaCode; expected: number }>`
    select t.area_code as area, t.expected from core.target t where ${within('t.area_code', areas)} and t.dataset_id = ${dataset} and t.round_id is not distinct from ${round}::uuid order by 1`.execute(tx)
  return rows
}

async function listBefore(tx: Reader, looking: Looking, by: Placed, { dataset, round }: Of): Promise<ExpectedOf> {
  const before = round && roundBefore(round, await listRounds(tx, looking.areas, dataset.id))
  if (!before) return () => null
  const counts = await countCounted(tx, looking, by, dataset, before), say = { th: `จำนวนที่นับได้ใน${before.name.th}`, en: `what counted in ${before.name.en}` }
  return code => {
    const count = [...counts].reduce((sum, [key, n]) => isWithin(key as AreaCode, code) ? sum + n : sum, 0)
    return count > 0 ? { count, from: 'round', of: null, say } : null
  }
}

/** Of households: those that were surveyed, else registered houses, in their latest year. */
const REGISTER = ['households-surveyed', 'registered-houses'].map(id => IndicatorId.parse(id))

async function listRegister(tx: Reader, looking: Looking, { area, dataset }: Of, level: AreaLevel): Promise<Map<AreaCode, Expected>> {
  const found = new Map<AreaCode, Expected>()
  if (dataset.unit !== 'household') return found
  for (const indicator of REGISTER) for (const asked of [{ area, level }, { area }]) {
    for (const [code, expected] of await listHouseholds(tx, { ...asked, indicator, asOf: 'now' }, placesInside(looking))) if (!found.has(code)) found.set(code, expected)
  }
  return found
}

/** Numbers below the level that is public are for who may see them there. */
function placesInside({ viewer, areas }: { viewer: Viewer; areas: readonly AreaCode[] }): AreaCode[] {
  return placesOf(viewer, 'see-internal-figures').flatMap(place => areas.flatMap(area => isWithin(area, place) ? [area] : isWithin(place, area) ? [place] : []))
}

async function listHouseholds(tx: Reader, query: Parameters<typeof listFigures>[1], areas: readonly AreaCode[]): Promise<[AreaCode, Expected][]> {
  try {
    const { cuts: [{ indicator, source, period }], values } = await listFigures(tx, query, areas), year = Number(period)
    const say = { th: `${indicator.name.th} พ.ศ. ${buddhistYear(year)} (${source.title.th})`, en: `${indicator.name.en}, ${year} (${source.title.en})` }
    return values.flatMap(({ area, value }) => value === null ? [] : [[area, { count: Math.round(value), from: 'register', of: null, say }]])
  } catch (error) {
    // a house without these figures expects nothing by them
    if (error instanceof Problem) return []
    throw error
  }
}
