import { areaApi } from '../../domain/area/api.ts'
import type { AreaDetail, AreaHit, AreaLevel } from '../../domain/area/area.ts'
import { NATION } from '../../domain/area/rules.ts'
import { AreaCode } from '../../domain/base/ids.ts'
import { figureApi } from '../../domain/figure/api.ts'
import type { Figure } from '../../domain/figure/figure.ts'
import type { Indicator, Source } from '../../domain/indicator/indicator.ts'
import { squeeze } from '../../engine/text/fold.ts'
import { call } from '../base/api.ts'
import { loadAreas } from './data.ts'

type Fetch = typeof globalThis.fetch
type Reply = Awaited<ReturnType<typeof call<typeof figureApi.compareAreas>>>

export const FEWEST_PLACES = 2
export const MOST_PLACES = 6
const MOST_TYPED = 100
const MOST_NEAR = 6

/** Real neighbours to begin with: the upper Ping basin, the cluster of Khon Kaen, the southern border, and districts around the city of Chiang Mai. */
const EXAMPLES = [['TH50', 'TH51', 'TH52'], ['TH40', 'TH44', 'TH45', 'TH46'], ['TH94', 'TH95', 'TH96'], ['TH5007', 'TH5014', 'TH5019']]

/** The places of an address, each once, at most six. @example readPlaces(new URLSearchParams('places=TH50,TH51,TH50')) // => ['TH50', 'TH51'] */
export function readPlaces(query: URLSearchParams): AreaCode[] {
  const codes = query.getAll('places').join(',').split(/[\s,]+/).flatMap(code => AreaCode.safeParse(code.toUpperCase()).data ?? [])
  return [...new Set(codes)].slice(0, MOST_PLACES)
}

/** The one place that was meant: the one whose code was typed, the only one found, or the only one of the wanted level, when its whole name or code was typed. */
export function settle(found: AreaHit[], wanted: AreaLevel, typed: string): AreaHit | null {
  const [best] = found
  const coded = found.find(each => each.code === typed.toUpperCase())
  if (coded) return coded
  if (!best || found.length === 1) return best ?? null
  const isWhole = [best.code.slice(NATION.length), best.name.th, best.name.en].some(name => name !== '' && squeeze(typed).includes(squeeze(name)))
  return isWhole && best.level === wanted && found.filter(each => each.level === wanted).length === 1 ? best : null
}

/** One number of all places, in the order in which they were chosen, and the same number of the nation. */
export type CompareRow = { indicator: Indicator; source: string; period: string; values: Figure[]; nation: Figure | null }

/** Rows that hold a number for at least one of the places, and those that hold none. */
export function arrange(reply: Pick<Reply, 'rows'>, nation: Pick<Reply, 'rows'>, places: readonly string[]): { known: CompareRow[]; unknown: CompareRow[] } {
  const rows = reply.rows.map(row => ({
    ...row, values: places.flatMap(code => row.values.find(each => each.area === code) ?? []),
    nation: nation.rows.find(each => each.indicator.id === row.indicator.id)?.values.find(each => each.area === NATION) ?? null,
  }))
  const isKnown = (row: CompareRow) => row.values.some(each => each.value !== null)
  return { known: rows.filter(isKnown), unknown: rows.filter(row => !isKnown(row)) }
}

export async function loadCompare(fetch: Fetch, query: URLSearchParams) {
  const codes = readPlaces(query)
  const as = query.get('as') === 'then' ? 'then' as const : 'now' as const
  const typed = (query.get('add') ?? '').trim().slice(0, MOST_TYPED)
  const places = await Promise.all(codes.map(code => call(fetch, areaApi.getArea, { params: { code } })))
  const found = typed && codes.length < MOST_PLACES ? await findPlaces(fetch, typed, codes) : []
  const meant = settle(found, places[0]?.level ?? 'province', typed)
  const [near, examples, numbers] = await Promise.all([
    loadNear(fetch, places), codes.length === 0 ? loadExamples(fetch) : [], codes.length >= FEWEST_PLACES ? loadNumbers(fetch, codes, as) : null,
  ])
  return { places, as, typed, found, settled: meant ? [...codes, meant.code] : null, near, examples, ...(numbers ?? { known: [], unknown: [], sources: [] as Source[] }) }
}

async function findPlaces(fetch: Fetch, typed: string, codes: string[]): Promise<AreaHit[]> {
  const { items } = await call(fetch, areaApi.listAreas, { query: { q: typed, limit: 12 } })
  return items.filter(each => !codes.includes(each.code))
}

/** The nation is asked for with the places, or beside them when six are chosen already. */
async function loadNumbers(fetch: Fetch, codes: AreaCode[], as: 'now' | 'then') {
  const ask = (areas: string[]) => call(fetch, figureApi.compareAreas, { query: { areas: areas.join(','), asOf: as } })
  const together = codes.includes(NATION) || codes.length === MOST_PLACES ? codes : [...codes, NATION]
  const reply = await ask(together)
  const nation = together.includes(NATION) ? reply : await ask([NATION, codes[0]!])
  return { ...arrange(reply, nation, codes), sources: reply.sources }
}

/** The siblings of the last chosen place that lie nearest to it. */
async function loadNear(fetch: Fetch, places: AreaDetail[]): Promise<AreaHit[]> {
  const last = places.at(-1)
  if (!last?.parentCode || places.length >= MOST_PLACES) return []
  const siblings = await loadAreas(fetch, last.parentCode, last.level)
  return nearest(siblings.filter(each => !places.some(place => place.code === each.code)), last.point, MOST_NEAR)
}

/** Places by their distance from a point, on a plain that is narrowed by the latitude; those without a point come last. */
export function nearest<Place extends Pick<AreaHit, 'point'>>(places: Place[], from: AreaHit['point'], count: number): Place[] {
  const narrowed = from ? Math.cos(from.lat * Math.PI / 180) : 1
  const far = ({ point }: Place) => point && from ? Math.hypot((point.lon - from.lon) * narrowed, point.lat - from.lat) : Infinity
  return places.toSorted((a, b) => far(a) === far(b) ? 0 : far(a) - far(b)).slice(0, count)
}

async function loadExamples(fetch: Fetch): Promise<AreaDetail[][]> {
  return Promise.all(EXAMPLES.map(codes => Promise.all(codes.map(code => call(fetch, areaApi.getArea, { params: { code } })))))
}

export type Compare = Awaited<ReturnType<typeof loadCompare>>
