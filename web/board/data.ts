import { redirect } from '@sveltejs/kit'
import { areaApi } from '../../domain/area/api.ts'
import { AreaLevel } from '../../domain/area/area.ts'
import { commonOf, isWithin } from '../../domain/area/rules.ts'
import { DatasetId } from '../../domain/base/ids.ts'
import { boardApi } from '../../domain/board/api.ts'
import { BoardQuery } from '../../domain/board/board.ts'
import { datasetApi } from '../../domain/dataset/api.ts'
import { roundApi } from '../../domain/round/api.ts'
import { may, placesOf, type Me } from '../access/data.ts'
import { drawingOf, today } from '../area/boundaries.ts'
import { addressOf, call } from '../base/api.ts'
import { link } from '../base/link.ts'
import { findPlace } from '../dataset/data.place.ts'

type Fetch = typeof globalThis.fetch
export type BoardChoice = BoardQuery

/** What is looked at stands in the address; what makes no sense there is left out. */
export function readBoardChoice(query: URLSearchParams): BoardChoice {
  const { shape } = BoardQuery, read = (name: keyof typeof shape) => shape[name].safeParse(query.get(name) || undefined).data
  return { area: read('area'), dataset: read('dataset'), round: read('round'), team: read('team'), by: read('by'), sort: read('sort') ?? 'attention' } as BoardChoice
}

/** The choice as it stands in an address: what is usual is left out. */
export function boardQuery(choice: BoardChoice, change: Partial<Record<keyof BoardChoice, string | null>> = {}): Record<string, string | null | undefined> {
  return { ...choice, sort: choice.sort === 'attention' ? null : choice.sort, ...change }
}

const asked = (choice: BoardChoice) => Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== undefined)) as BoardChoice

/** The board with what one may choose by, and the drawing of its places where they have shapes. */
export async function loadBoard(fetch: Fetch, me: Me, { searchParams }: URL) {
  const choice = readBoardChoice(searchParams), typed = await findPlace(fetch, searchParams)
  if (typed.code) redirect(303, link('/board', boardQuery(choice, { area: typed.code, by: null, team: null })))
  const { by, ...people } = asked(choice)
  const fileOf = (as: 'csv' | 'xlsx') => by === 'person' ? addressOf(boardApi.exportCollectors, { params: { as }, query: people }) : addressOf(boardApi.exportBoard, { params: { as }, query: asked(choice) })
  const [board, datasets, rounds] = await Promise.all([
    by === 'person' ? call(fetch, boardApi.getCollectors, { query: people }) : call(fetch, boardApi.getBoard, { query: asked(choice) }), loadDatasets(fetch, me), call(fetch, roundApi.listRounds),
  ])
  const place = await call(fetch, areaApi.getArea, { params: { code: board.area } }), level = AreaLevel.safeParse(board.by).data
  const href = place.boundaries.find(each => each.level === level)?.href
  return {
    choice, typed, board, datasets, place, rounds: rounds.items, drawing: href ? await drawingOf(fetch, href, place.code, today()) : null,
    ways: may(me, 'manage-people') ? [...board.ways, 'person' as const] : board.ways, mayRun: may(me, 'run-rounds'), mayLock: may(me, 'verify-records', board.area),
    files: { csv: fileOf('csv'), xlsx: fileOf('xlsx') },
  }
}

/** The datasets that are collected in my places. */
async function loadDatasets(fetch: Fetch, me: Me) {
  const mine = placesOf(me, 'see-records'), { items } = await call(fetch, datasetApi.listDatasets)
  return items.filter(({ area, form }) => form !== null && mine.some(place => isWithin(place, area) || isWithin(area, place))).map(({ dataset }) => ({ id: dataset.id, name: dataset.name }))
}

/** Rounds of a dataset, and where one may run one. */
export async function loadRounds(fetch: Fetch, me: Me, { searchParams }: URL) {
  const dataset = DatasetId.safeParse(searchParams.get('dataset')).data, [rounds, datasets] = await Promise.all([call(fetch, roundApi.listRounds, { query: { ...(dataset && { dataset }) } }), loadDatasets(fetch, me)])
  const places = placesOf(me, 'run-rounds').filter(code => code.length <= 4)
  const areas = await Promise.all([...new Set([...places, ...rounds.items.map(({ area }) => area)])].map(code => call(fetch, areaApi.getArea, { params: { code } })))
  return { dataset: dataset ?? null, rounds: rounds.items, datasets, areas, mayRun: places, mayLock: placesOf(me, 'verify-records') }
}

/** A round in a place: what locking it would come to, and what was locked so far. */
export async function loadRound(fetch: Fetch, me: Me, id: string, { searchParams }: URL) {
  const { items } = await call(fetch, roundApi.listRounds), round = items.find(each => each.id === id)
  if (!round) redirect(303, link('/board/rounds'))
  const code = readBoardChoice(searchParams).area ?? commonOf(placesOf(me, 'verify-records').filter(place => isWithin(place, round.area) || isWithin(round.area, place)))
  const [place, { items: datasets }] = await Promise.all([call(fetch, areaApi.getArea, { params: { code } }), call(fetch, datasetApi.listDatasets)])
  return { round, place, name: datasets.find(({ dataset }) => dataset.id === round.dataset)?.dataset.name ?? null, lock: round.locks.find(({ area, opened }) => area === code && opened === null) ?? null, mayLock: may(me, 'verify-records', code) }
}

export type BoardPage = Awaited<ReturnType<typeof loadBoard>>
export type RoundsPage = Awaited<ReturnType<typeof loadRounds>>
export type RoundPage = Awaited<ReturnType<typeof loadRound>>
