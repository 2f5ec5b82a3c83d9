import { sql } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { ancestorsOf, isWithin, NATION } from '../../domain/area/rules.ts'
import { sourceIdOf } from '../../domain/indicator/rules.dataset.ts'
import { listDatasets } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { findDatasetFigure, getThisYear, periodOf, tellable } from './read.follow.ts'
import { foldCounts, keyOf, listCounts, type CountLine } from './read.fold.ts'

/** A cell that is kept otherwise than the acts come to; null: it is not there. */
export type Difference = { cell: string; kept: string | null; should: string | null }
export type Checked = { equal: number; different: number; differences: Difference[] }

type Cells = Map<string, string>
const PROVINCE = 4

/** Counts, their sums and the figures of datasets as they are kept, beside the same from the raw acts, cell by cell: in one view of the data. */
export async function checkFigures(tx: Reader): Promise<Checked> {
  const folded = await foldCounts(tx), kept = await listCounts(tx), pending = await listPending(tx)
  const settled = addUp([...folded, ...pending.map(line => ({ ...line, count: -line.count, faulty: -line.faulty, shown: -line.shown }))], keyOf)
  const sums = addUp(settled.map(line => ({ ...line, area: line.area.slice(0, PROVINCE) as AreaCode })), keyOf)
  const pairs: [Cells, Cells][] = [
    [cellsOf('count', kept), cellsOf('count', folded)],
    [cellsOf('sum', await listSummed(tx)), cellsOf('sum', sums)],
    ...await listFigureCells(tx, settled),
  ]
  return pairs.map(([is, should]) => compare(is, should)).reduce((all, one) => ({ equal: all.equal + one.equal, different: all.different + one.different, differences: [...all.differences, ...one.differences] }))
}

function compare(kept: Cells, should: Cells): Checked {
  const differences = [...new Set([...kept.keys(), ...should.keys()])].filter(cell => kept.get(cell) !== should.get(cell)).sort()
    .map(cell => ({ cell, kept: kept.get(cell) ?? null, should: should.get(cell) ?? null }))
  return { equal: [...should].filter(([cell, value]) => kept.get(cell) === value).length, different: differences.length, differences }
}

const cellsOf = (what: string, lines: readonly CountLine[]): Cells => new Map(lines.filter(({ count, faulty, shown }) => count !== 0 || faulty !== 0 || shown !== 0)
  .map(line => [`${what} ${keyOf(line)}`, `${line.count} (${line.faulty} faulty, ${line.shown} shown)`]))

function addUp(lines: readonly CountLine[], key: (line: CountLine) => string): CountLine[] {
  return [...Map.groupBy(lines, key).values()].map(alike => alike.reduce((sum, one) => ({ ...sum, count: sum.count + one.count, faulty: sum.faulty + one.faulty, shown: sum.shown + one.shown })))
}

const COLUMNS = sql`area_code as area, dataset_id as dataset, state, type, month, count, faulty, shown`

/** What is noted and not added up yet: figures do not know of it. */
async function listPending(tx: Reader): Promise<CountLine[]> {
  return (await sql<CountLine>`select ${COLUMNS} from core.record_delta where ${within('area_code', [NATION])}`.execute(tx)).rows
}

async function listSummed(tx: Reader): Promise<CountLine[]> {
  return (await sql<CountLine>`select ${COLUMNS} from core.record_sum where ${within('area_code', [NATION])}`.execute(tx)).rows
}

/** The figures of each dataset in the years that are still counted: as they are kept, as everyone sees them, and as they should be. */
async function listFigureCells(tx: Reader, lines: readonly CountLine[]): Promise<[Cells, Cells][]> {
  const thisYear = await getThisYear(tx), ofDataset = Map.groupBy(lines, ({ dataset }) => dataset), pairs: [Cells, Cells][] = []
  for (const { dataset: { id, lasting } } of await listDatasets(tx, null)) {
    const should = await tellFigures(tx, id, ofDataset.get(id) ?? [], thisYear)
    for (const table of ['fact.figure', 'open.figure'] as const) pairs.push([await listKept(tx, table, id, lasting ? thisYear : null), new Map([...should].map(([cell, value]) => [`${table} ${cell}`, value]))])
  }
  return pairs
}

/** From scratch: every record is counted at its place and at each place above. */
async function tellFigures(tx: Reader, id: DatasetId, lines: readonly CountLine[], thisYear: Period): Promise<Cells> {
  const figure = await findDatasetFigure(tx, id), cells: Cells = new Map()
  if (!figure) return cells
  const years = Map.groupBy(lines.filter(({ state }) => (figure.states as string[]).includes(state)), ({ month }) => periodOf(figure, month, thisYear))
  for (const [period, ofYear] of years) {
    const sums = new Map<AreaCode, number>()
    for (const { area, shown } of ofYear) for (const place of [area, ...ancestorsOf(area)]) if (isWithin(place, figure.area)) sums.set(place, (sums.get(place) ?? 0) + shown)
    if (period !== null) for (const [area, count] of tellable(figure, sums)) cells.set(`${figure.indicator.id} ${figure.indicator.version} ${period} ${area}`, `${count} ${figure.status}`)
  }
  return cells
}

async function listKept(tx: Reader, table: 'fact.figure' | 'open.figure', id: DatasetId, period: Period | null): Promise<Cells> {
  const { rows } = await sql<{ cell: string; value: string }>`
    select concat_ws(' ', ${table}::text, indicator_id, version, period, area_code) as cell, numerator || ' ' || status as value from ${sql.table(table)}
    where source_id = ${sourceIdOf({ id })} and ${within('area_code', [NATION])} ${period === null ? sql`` : sql`and period = ${period}`}`.execute(tx)
  return new Map(rows.map(({ cell, value }) => [cell, value]))
}
