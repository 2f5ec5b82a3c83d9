import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { commonOf, NATION } from '../../domain/area/rules.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { placesOfCollectors } from '../../domain/board/can.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import type { Board, BoardBy, BoardQuery, BoardRow, Expected } from '../../domain/board/board.ts'
import { addUp, attentionOf, NOTHING, sortBoard, waysOf } from '../../domain/board/rules.ts'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import { datasetProblems } from '../../domain/dataset/problems.ts'
import { roundProblems } from '../../domain/round/problems.ts'
import type { RoundEntry } from '../../domain/round/round.ts'
import { namesOf } from '../access/read.ts'
import { findDataset, listDatasets } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { lookingOf, type Looking } from '../record/read.answers.ts'
import { listRounds } from '../round/read.ts'
import { countBy } from './read.counts.ts'
import { expectedIn, type ExpectedOf } from './read.expected.ts'
import { joinExpected, listLines, listTeamAreas, type Line } from './read.rows.ts'

type Asked = Pick<BoardQuery, 'area' | 'dataset' | 'round' | 'team' | 'by' | 'sort'>
type Chosen = { area: AreaCode; by: BoardBy; dataset: Dataset | null; round: RoundEntry | null }

/** How far collecting has come: every row with its numbers, what is expected of it, and why it wants somebody. */
export async function getBoard(tx: Reader, viewer: Viewer, areas: readonly AreaCode[], query: Asked, now: Date): Promise<Board> {
  const inPlace = lookingOf(viewer, areas, query), looking = query.team ? { ...inPlace, areas: await listTeamAreas(tx, placesOfCollectors(viewer, inPlace.areas), query.team) } : inPlace
  if ((query.area || query.team) && looking.areas.length === 0) throw accessProblems.notThere({})
  const chosen = await choose(tx, looking, query), { area, by, dataset, round } = chosen, asked = { dataset: dataset?.id ?? null, round }
  const counts = await countBy(tx, looking, by, asked), lines = await listLines(tx, looking, by, { area, dataset: asked.dataset, keys: [...counts.keys()] })
  const expected = await expectedBy(tx, looking, chosen)
  const toRow = (line: Line): BoardRow => rowOf(line, addUp(line.keys.map(key => counts.get(key) ?? NOTHING)), expected(line), now)
  const names = await namesOf(tx, [area]), name = names.get(area) ?? { th: area, en: area }
  const whole = expected({ key: area, name, area, dataset: asked.dataset, keys: [] }), rows = lines.map(toRow)
  const total = rowOf({ key: area, name, area, dataset: asked.dataset, keys: [] }, addUp([...counts.values()]), whole, now)
  const compare = (a: BoardRow, b: BoardRow) => a.name.th.localeCompare(b.name.th, 'th', { numeric: true })
  return { area, areaName: name, by, ways: waysFor(looking, area), dataset: asked.dataset, round, rows: sortBoard(rows, query.sort, compare), total, day: dayOf(now) }
}

const dayOf = (now: Date) => now.toLocaleDateString('sv', { timeZone: 'Asia/Bangkok' })

function rowOf({ key, name, area, dataset }: Line, numbers: BoardRow['numbers'], expected: Expected | null, now: Date): BoardRow {
  return { key, name, area, dataset, numbers, expected, attention: attentionOf(numbers, expected?.count ?? null, now) }
}

/** Teams are for whoever looks after people there. */
function waysFor({ viewer, areas }: Looking, area: AreaCode): BoardBy[] {
  return waysOf(area).filter(way => way !== 'team' || placesOfCollectors(viewer, areas).length > 0)
}

async function choose(tx: Reader, looking: Looking, query: Asked): Promise<Chosen> {
  const { areas } = looking
  const area = query.area ?? (areas.length > 0 ? commonOf(areas) : NATION)
  const round = query.round ? (await listRounds(tx, areas, null)).find(({ id }) => id === query.round) ?? null : null
  if (query.round && !round) throw roundProblems.notFound({})
  const id: DatasetId | undefined = round?.dataset ?? query.dataset, found = id && await findDataset(tx, id)
  if (id && !found) throw datasetProblems.notFound({ id })
  const ways = waysFor(looking, area), by = query.by === 'person' || (query.by && ways.includes(query.by)) ? query.by : ways[0] as BoardBy
  return { area, by, dataset: found ? found.dataset : null, round }
}

/** What each row should have: places by themselves, a team by its tambons, and nothing of many datasets at once. */
async function expectedBy(tx: Reader, looking: Looking, { area, by, dataset, round }: Chosen): Promise<(line: Line) => Expected | null> {
  if (by === 'dataset') {
    const all = new Map<string, ExpectedOf>()
    for (const each of await listDatasets(tx, area)) all.set(each.dataset.id, await expectedIn(tx, looking, 'tambon', { area, dataset: each.dataset, round: null }))
    return line => line.keys.length > 0 ? all.get(line.key)?.(area) ?? null : null
  }
  if (!dataset || by === 'person') return () => null
  const expected = await expectedIn(tx, looking, by === 'team' ? 'tambon' : by, { area, dataset, round })
  return ({ keys, area: at }) => {
    if (keys.length === 0) return expected(area)
    if (by === 'team') return joinExpected(keys.map(key => expected(key as AreaCode)))
    // what stands at the place itself and in no part of it
    return at === null || at === area ? null : expected(at)
  }
}
