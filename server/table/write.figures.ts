import { sql } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { NATION } from '../../domain/area/rules.ts'
import { figureFault } from '../../domain/table/problems.row.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import { DERIVED, sourceOf } from '../../domain/table/rules.figures.ts'
import type { ReportBook, RowOutcome } from '../../domain/table/rules.report.ts'
import { changeSheet, type DerivedIndex, type NewNumber } from '../../engine/measure/change-sheet.ts'
import type { RolledLine } from '../../engine/measure/roll-up.ts'
import { figureFields } from '../../engine/table/figure-fields.ts'
import type { Cell } from '../db/copy.ts'
import type { Writer } from '../db/db.ts'
import { insertMany } from '../db/insert.ts'
import { within } from '../db/place.ts'
import { inPlaces, readAs, SYSTEM, type Scope } from '../db/scope.ts'
import { listStanding } from '../figure/read.standing.ts'
import { lockImports } from '../import/write.ts'
import { keepSheet } from '../publication/write.figures.ts'
import { getCalendar, makeFigureReader, type FigureRow, type UnplacedRow } from './read.figures.ts'
import { getPlaces, type Places } from './read.places.ts'
import type { KeptTable } from './read.ts'
import { getSource, type SourceSheet } from './read.subject.ts'
import type { Told, Way, WorkParts } from './write.read.ts'

type Standing = Map<AreaCode, RolledLine>
/** A period that the table has rows of: what was no place then, how it stood, which line named each place, and what is to be different. */
type Year = { gone: ReadonlySet<AreaCode>; standing: Standing; lines: Map<AreaCode, number>; changes: NewNumber[] }
export type FigureMade = Told & FigureRow

/** The way of a table of figures: laid over what the source said of the same place and year; then added up and published as all figures are. */
export async function figureWay({ app }: WorkParts, kept: KeptTable, areas: Scope['areas']): Promise<Way> {
  const { sheet, places, calendar } = await readAs(app, SYSTEM, async tx => ({
    sheet: await getSource(tx, sourceOf(kept.dataset)!), places: await getPlaces(tx), calendar: await getCalendar(tx),
  }))
  const { read, locate } = makeFigureReader({ ...sheet, mapping: kept.mapping, names: kept.columns.map(({ name }) => name), places, areas, calendar }), years = new Map<Period, Year>()
  const openYear = async (tx: Writer, period: Period) => {
    if (!years.has(period)) years.set(period, { gone: await calendar.notAt(tx, period), standing: await inPlaces(tx, [NATION], () => listStanding(tx, sheetOf(sheet, period))), lines: new Map(), changes: [] })
  }
  return {
    places,
    open: lockImports,
    take: rows => {
      const found = rows.map(read)
      return async tx => {
        for (const period of new Set(found.flatMap(({ period }) => period ?? []))) await openYear(tx, period)
        return at => {
          const one = found[at] as UnplacedRow, year = years.get(one.period as Period)
          return lay(locate(one, year?.gone), year)
        }
      }
    },
    keep: async () => {},
    close: (tx, book, isKept) => inPlaces(tx, [NATION], async () => {
      if (!figureFields(sheet.indicators).some(({ question }) => kept.mapping.columns.some(({ field }) => field === question.key))) book.addFault(figureFault('noNumbers', {}))
      for (const [period, year] of years) if (year.changes.length > 0) await addUp(tx, { sheet, places, kept, book, isKept }, period, year)
    }),
  }
}

const sheetOf = ({ source, indicators }: SourceSheet, period: Period) => ({ source: source.id, period, indicators })

/** What becomes of a row: what is blank stays, and where nothing differs nothing is done. */
function lay(read: FigureRow, year: Year | undefined): FigureMade {
  const { row, area, numbers, faults } = read, made = (outcome: RowOutcome, more: FigureRow['faults'] = []): FigureMade => ({ ...read, outcome, faults: [...faults, ...more], area: area === null ? null : area.slice(0, PROVINCE) as AreaCode })
  if (area === null || !year || faults.some(({ weight }) => weight === 'error')) return made('faulty')
  if (numbers.length === 0) return made('unchanged')
  const before = year.lines.get(area)
  if (before !== undefined) return made('faulty', [figureFault('placeTwice', { place: area, year: String(read.period), line: before }, { line: row.line })])
  year.lines.set(area, row.line)
  const line = year.standing.get(area), changes = numbers.filter(({ index, numerator, denominator }) => !line || !Object.is(line.numerator[index], numerator) || !Object.is(line.denominator[index], denominator))
  year.changes.push(...changes.map(change => ({ area, ...change })))
  return made(changes.length === 0 ? 'unchanged' : numbers.some(({ index }) => line && !Number.isNaN(line.numerator[index])) ? 'updated' : 'new')
}

type Adding = { sheet: SourceSheet; places: Places; kept: KeptTable; book: ReportBook; isKept: boolean }

async function addUp(tx: Writer, { sheet, places, kept, book, isKept }: Adding, period: Period, { standing, changes }: Year): Promise<void> {
  const { lines, differences } = changeSheet(standing, sheet.indicators.length, changes, derivedOf(sheet))
  for (const { area, index, published, summed } of differences) {
    const place = places.has(area) ? places.nameOf(area) : { th: area, en: area }
    book.addFault({ ...figureFault('sumDiffers', { place, year: period, given: published, summed }), column: sheet.indicators[index]!.id, value: String(published) })
  }
  if (!isKept) return
  await insertMany(tx, 'raw.table_figure', COLUMNS, changes.map(({ area, index, numerator, denominator }): Cell[] => {
    const { id, version } = sheet.indicators[index]!, line = standing.get(area), isOwn = line?.own[index] === true
    return [area, kept.id, sheet.source.id, period, id, version, numerator, known(denominator), isOwn ? line.numerator[index]! : null, isOwn ? known(line.denominator[index]!) : null]
  }))
  await keepSheet(tx, sheetOf(sheet, period), standing, lines)
}

const COLUMNS = { area_code: 'text', import_id: 'uuid', source_id: 'text', period: 'text', indicator_id: 'text', version: 'text', numerator: 'float8', denominator: 'float8', was_numerator: 'float8', was_denominator: 'float8' }
const PROVINCE = 4, FIRST = 5, known = (number: number): number | null => Number.isNaN(number) ? null : number

function derivedOf({ indicators }: SourceSheet): DerivedIndex[] {
  const at = (id: string) => indicators.findLastIndex(indicator => indicator.id === id)
  return indicators.flatMap(({ id }, index) => {
    const rule = DERIVED[id]
    return rule && at(rule.numerator) >= 0 && at(rule.denominator) >= 0 ? [{ index, numerator: at(rule.numerator), times: rule.times, denominator: at(rule.denominator) }] : []
  })
}

type Kept = { area: AreaCode; period: Period; id: string; version: string; numerator: number; denominator: number | null; wasNumerator: number | null; wasDenominator: number | null }

/** Puts what the source said before in the place of what a table brought; not once a later one replaced it. Gives how many numbers went. */
export async function undoFigures(tx: Writer, areas: readonly AreaCode[], kept: KeptTable): Promise<number> {
  await lockImports(tx)
  return inPlaces(tx, [NATION], async () => {
    const sheet = await getSource(tx, sourceOf(kept.dataset)!)
    const { rows } = await sql<Kept & { isHeld: boolean }>`
      select area_code as area, period, indicator_id as id, version, numerator, denominator, was_numerator as "wasNumerator", was_denominator as "wasDenominator", ${within('area_code', areas)} as "isHeld"
      from raw.table_figure where import_id = ${kept.id} and ${within('area_code', [NATION])}`.execute(tx)
    if (rows.some(({ isHeld }) => !isHeld)) throw tableProblems.beyond({})
    for (const [period, ofPeriod] of Map.groupBy(rows, row => row.period)) await putBack(tx, sheet, period, ofPeriod)
    return rows.length
  })
}

async function putBack(tx: Writer, sheet: SourceSheet, period: Period, rows: readonly Kept[]): Promise<void> {
  const standing = await listStanding(tx, sheetOf(sheet, period)), indexOf = new Map(sheet.indicators.map(({ id, version }, index) => [`${id} ${version}`, index]))
  const at = ({ id, version }: Kept) => indexOf.get(`${id} ${version}`) as number
  const changed = rows.filter(row => { const line = standing.get(row.area), index = at(row); return line?.own[index] !== true || line.numerator[index] !== row.numerator || known(line.denominator[index]!) !== row.denominator })
  if (changed.length > 0) throw tableProblems.figuresChanged({ figures: changed.length, first: changed.slice(0, FIRST).map(({ area, id }) => `${area} ${id} ${period}`) })
  const numbers = rows.map((row): NewNumber => ({ area: row.area, index: at(row), numerator: row.wasNumerator ?? NaN, denominator: row.wasDenominator ?? NaN }))
  await keepSheet(tx, sheetOf(sheet, period), standing, changeSheet(standing, sheet.indicators.length, numbers, derivedOf(sheet)).lines)
}
