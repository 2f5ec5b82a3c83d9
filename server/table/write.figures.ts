import { setImmediate as breathe } from 'node:timers/promises'
import { sql } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { NATION } from '../../domain/area/rules.ts'
import { figureFault } from '../../domain/table/problems.row.ts'
import { sourceOf } from '../../domain/table/rules.figures.ts'
import type { ReportBook, RowOutcome } from '../../domain/table/rules.report.ts'
import { figureFields } from '../../engine/table/figure-fields.ts'
import { FigureLines } from '../../engine/table/figure-lines.ts'
import type { Cell } from '../db/copy.ts'
import type { Reader, Writer } from '../db/db.ts'
import { insertMany } from '../db/insert.ts'
import { inPlaces, readAs, SYSTEM, type Scope } from '../db/scope.ts'
import { lockImports } from '../import/write.ts'
import { isSaid, listStood, numbersOf, spotKey, type Stood } from './read.figures.stood.ts'
import { getCalendar, makeFigureReader, type Calendar, type FigureNumber, type FigureRow } from './read.figures.ts'
import { getPlaces, type Places } from './read.places.ts'
import type { KeptTable } from './read.ts'
import { getSource, type SourceSheet } from './read.subject.ts'
import { layOver } from './write.figures.sum.ts'
import type { Told, Way, WorkParts } from './write.read.ts'

/** A number that a row brings, and what the source had said of it itself; NaN: nothing. */
type Change = FigureNumber & { was: Omit<FigureNumber, 'index'> }
type FigureMade = Told & { place: AreaCode | null; period: Period | null; changes: Change[] }
/** What is known of a year that the table has rows of: which places were none then, and whether anything was said of it before. */
type Year = { gone: ReadonlySet<AreaCode>; isSaid: boolean }

/** The way of a table of figures: laid over what the source said of the same place and year, kept as it comes by, and at the end added up and published as all figures are. */
export async function figureWay({ app }: WorkParts, kept: KeptTable, areas: Scope['areas']): Promise<Way> {
  const { sheet, places, calendar } = await readAs(app, SYSTEM, tx => prepare(tx, kept))
  const { read, locate } = makeFigureReader({ ...sheet, mapping: kept.mapping, names: kept.columns.map(({ name }) => name), places, areas, calendar })
  const lines = new FigureLines(calendar.every), asked = indexesOf(sheet, kept), years = new Map<Period, Year>(), depths = new Set<number>()
  const open = async (tx: Reader, period: Period): Promise<Year> => ({ gone: await calendar.notAt(tx, period), isSaid: await inPlaces(tx, [NATION], () => isSaid(tx, sheet.source.id, period)) })
  return {
    places,
    needsAll: true,
    open: lockImports,
    take: rows => {
      const found = rows.map(read)
      return async tx => {
        for (const { period } of found) if (period !== null && !years.has(period)) years.set(period, await open(tx, period))
        const placed = await each(found, one => locate(one, years.get(one.period as Period)?.gone))
        const stood = await listStood(tx, areas, sheet, placed.flatMap(({ area, period }) => area !== null && period !== null && years.get(period)!.isSaid ? [{ area, period }] : []), asked)
        return at => lay(placed[at] as FigureRow, stood, lines)
      }
    },
    keep: made => async tx => {
      for (const { place, changes } of made as FigureMade[]) if (place !== null && changes.length > 0) depths.add(place.length)
      await insertMany(tx, 'raw.table_figure', COLUMNS, rowsOf(sheet, kept, made as FigureMade[]))
    },
    close: (tx, book, isKept) => inPlaces(tx, [NATION], async () => {
      if (asked.length === 0) book.addFault(figureFault('noNumbers', {}))
      // nothing differs from a sum where nothing is above anything
      if (isKept || depths.size > 1 || [...years.values()].some(({ isSaid }) => isSaid)) await addUp(tx, { sheet, places, kept, book, isKept })
    }),
  }
}

async function prepare(tx: Reader, { dataset }: KeptTable): Promise<{ sheet: SourceSheet; places: Places; calendar: Calendar }> {
  return { sheet: await getSource(tx, sourceOf(dataset)!), places: await getPlaces(tx), calendar: await getCalendar(tx) }
}

const indexesOf = ({ indicators }: SourceSheet, { mapping }: KeptTable): number[] =>
  [...new Set(figureFields(indicators).filter(({ question }) => mapping.columns.some(({ field }) => field === question.key)).map(({ index }) => index))]

const WITHOUT_BREATH = 200

/** Requests are answered in between. */
async function each<One, Other>(all: readonly One[], make: (one: One) => Other): Promise<Other[]> {
  const made: Other[] = []
  for (const [at, one] of all.entries()) {
    made.push(make(one))
    if (at % WITHOUT_BREATH === 0) await breathe()
  }
  return made
}

/** What becomes of a row: what is blank stays, and where nothing differs nothing is done. */
function lay({ row, area, period, numbers, faults, unresolved }: FigureRow, stood: ReadonlyMap<string, Stood>, lines: FigureLines): FigureMade {
  const made = (outcome: RowOutcome, { changes = [], more = [] }: { changes?: Change[]; more?: FigureRow['faults'] } = {}): FigureMade =>
    ({ row, outcome, faults: [...faults, ...more], area: area === null ? null : area.slice(0, PROVINCE) as AreaCode, unresolved, place: area, period, changes })
  if (area === null || period === null || faults.some(({ weight }) => weight === 'error')) return made('faulty')
  if (numbers.length === 0) return made('unchanged')
  const before = lines.enter(area, period, row.line)
  if (before !== null) return made('faulty', { more: [figureFault('placeTwice', { place: area, year: String(period), line: before }, { line: row.line })] })
  const there = stood.get(spotKey({ area, period })) ?? [], saidOf = (index: number) => there.find(one => one.index === index)
  const changes = numbers.flatMap((number): Change[] => {
    const said = saidOf(number.index)
    return said && said.numerator === number.numerator && Object.is(said.denominator, number.denominator) ? [] : [{ ...number, was: said?.own ? said : NOTHING }]
  })
  return made(changes.length === 0 ? 'unchanged' : numbers.some(({ index }) => saidOf(index)) ? 'updated' : 'new', { changes })
}

const NOTHING = { numerator: NaN, denominator: NaN }, PROVINCE = 4
const COLUMNS = {
  area_code: 'text', import_id: 'uuid', period: 'text', indicator_ids: 'text[]', versions: 'text[]', numerators: 'float8[]', denominators: 'float8[]', was_numerators: 'float8[]', was_denominators: 'float8[]',
}

function* rowsOf({ indicators }: SourceSheet, { id }: KeptTable, made: readonly FigureMade[]): Generator<Cell[]> {
  for (const { place, period, changes } of made) {
    const list = (cellOf: (change: Change) => string | number) => `{${changes.map(cellOf).join(',')}}`, known = (number: number) => Number.isNaN(number) ? 'NULL' : number
    if (changes.length > 0) yield [
      place, id, period, list(({ index }) => indicators[index]!.id), list(({ index }) => `"${indicators[index]!.version}"`),
      list(({ numerator }) => numerator), list(({ denominator }) => known(denominator)), list(({ was }) => known(was.numerator)), list(({ was }) => known(was.denominator)),
    ]
  }
}

type Adding = { sheet: SourceSheet; places: Places; kept: KeptTable; book: ReportBook; isKept: boolean }

async function addUp(tx: Writer, { sheet, places, kept, book, isKept }: Adding): Promise<void> {
  const nameOf = (area: AreaCode) => places.has(area) ? places.nameOf(area) : { th: area, en: area }
  for (const unequal of await layOver(tx, sheet, sql`select area_code, period, indicator_id, version, numerator, denominator from ${numbersOf(kept.id)} order by area_code`, isKept)) {
    const told = unequal.first.map(({ area, period, given, summed }) => ({ ...figureFault('sumDiffers', { place: nameOf(area), year: period, given, summed }), column: unequal.indicator, value: String(given) }))
    for (let place = 0; place < unequal.places; place++) book.addFault(told[place] ?? told[0]!)
  }
}
