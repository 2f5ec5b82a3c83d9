import { sql } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import { lastDayOf, type Period } from '../../domain/base/period.ts'
import { isWithin, levelOf } from '../../domain/area/rules.ts'
import { isPublicLevel } from '../../domain/indicator/rules.ts'
import { figureFault, rowFault } from '../../domain/table/problems.row.ts'
import type { TableCell, TableFault, TableMapping, TableRow } from '../../domain/table/table.ts'
import { makeCellReader } from '../../engine/table/cell.ts'
import { readYear } from '../../engine/table/cell.year.ts'
import { figureFields, YEAR_FIELD } from '../../engine/table/figure-fields.ts'
import { writtenPlace, type WrittenPlace } from '../../engine/table/places.written.ts'
import { notValidOn } from '../area/read.ts'
import type { Reader } from '../db/db.ts'
import type { ReadRow } from './read.cells.ts'
import type { Places } from './read.places.ts'
import type { SourceSheet } from './read.subject.ts'

/** A number that a row says, by the place of its indicator in the list of the source; NaN: it has no such part. */
export type FigureNumber = { index: number; numerator: number; denominator: number }
/** A row whose cells were read: numbers of a place in a year. */
export type FigureRow = { row: TableRow; area: AreaCode | null; period: Period | null; numbers: FigureNumber[]; faults: TableFault[]; unresolved: ReadRow['unresolved'] }
export type UnplacedRow = Omit<FigureRow, 'area' | 'unresolved'>
export type FigureContext = SourceSheet & { mapping: TableMapping; names: readonly string[]; places: Places; /** Where rows may lie. */ areas: readonly AreaCode[]; calendar: Calendar }
/** Which codes there are, today or once, each by its number, level after level; and those that were no places at the end of a year. */
export type Calendar = { every: ReadonlyMap<AreaCode, number>; notAt: (tx: Reader, period: Period) => Promise<ReadonlySet<AreaCode>> }

export async function getCalendar(tx: Reader): Promise<Calendar> {
  const { rows } = await sql<{ code: AreaCode }>`select code from open.area order by length(code), code`.execute(tx), every = new Map(rows.map(({ code }, number) => [code, number]))
  return { every, notAt: async (tx, period) => new Set((await sql<{ code: AreaCode }>`select code from ${notValidOn(lastDayOf(period))} as gone (code)`.execute(tx)).rows.map(({ code }) => code)) }
}

/** How the rows of a table of figures are read, and where each lies once it is known what was no place in its year; made once. */
export function makeFigureReader(context: FigureContext): { read: (row: TableRow) => UnplacedRow; locate: (row: UnplacedRow, gone?: ReadonlySet<AreaCode>) => FigureRow } {
  const { mapping, names } = context, year = mapping.columns.find(({ field }) => field === YEAR_FIELD), readNumbers = makeNumbersReader(context)
  return {
    read: row => {
      const faults: TableFault[] = [], written = year ? row.cells[year.column] ?? null : mapping.constants[YEAR_FIELD] ?? null, told = readYear(written)
      const period = 'fault' in told ? null : told.period
      if ('fault' in told) faults.push({ ...told.fault, line: row.line, column: year ? names[year.column] ?? null : YEAR_FIELD, value: String(written) })
      else if (period === null) faults.push(figureFault('noYear', {}, { line: row.line }))
      return { row, period, numbers: readNumbers(row, faults), faults }
    },
    locate: ({ row, period, numbers, faults }, gone = NONE) => ({ row, period, numbers, faults, ...locate(context, row, period, gone, faults) }),
  }
}

function makeNumbersReader({ indicators, mapping, names }: FigureContext) {
  const fields = new Map(figureFields(indicators).map(field => [field.question.key, field]))
  const columns = mapping.columns.flatMap(({ column, field, reading }) => {
    const known = fields.get(field ?? '')
    return known ? [{ ...known, column, read: makeCellReader(known.question, reading) }] : []
  })
  return (row: TableRow, faults: TableFault[]): FigureNumber[] => {
    const found = new Map<number, FigureNumber>(), spotOf = (column: number) => ({ line: row.line, column: names[column] ?? null, value: String(row.cells[column] ?? '') })
    for (const { index, part, column, read } of columns) {
      const result = read(row.cells[column] ?? null), fault = 'fault' in result ? result.fault : result.warning
      if (fault) faults.push({ ...fault, ...spotOf(column) })
      if ('fault' in result || result.value === null) continue
      if (Number(result.value) < 0) faults.push(figureFault('belowZero', {}, spotOf(column)))
      found.set(index, { ...found.get(index) ?? { index, numerator: NaN, denominator: NaN }, [part]: Number(result.value) })
    }
    for (const { index, numerator, denominator } of found.values()) {
      const { kind, name } = indicators[index]!
      if (kind !== 'count' && !(denominator > 0 && !Number.isNaN(numerator))) faults.push(figureFault('noBase', { of: name }, { line: row.line }))
    }
    return [...found.values()]
  }
}

/** A code is the place that it was in that year, also where it has ended since; everything else is found among the places of today, or chosen. */
function locate({ source, mapping, places, areas, calendar }: FigureContext, row: TableRow, period: Period | null, gone: ReadonlySet<AreaCode>, faults: TableFault[]): Pick<FigureRow, 'area' | 'unresolved'> {
  const written: WrittenPlace = {}
  for (const { target, column } of mapping.columns) if (PARTS[target]) written[PARTS[target]] = row.cells[column] ?? null
  const text = writtenPlace(written)
  const tell = (fault: TableFault): { area: null; unresolved: null } => { faults.push({ ...fault, line: row.line, value: text }); return { area: null, unresolved: null } }
  if (text === '') return tell(rowFault('noPlace', {}))
  const code = asCode(written.code), chosen = mapping.places[text] ?? (code !== null && calendar.every.has(code) && !gone.has(code) ? code : null)
  const found = chosen ? { area: chosen, isMended: false } : places.resolve(written)
  if (!('area' in found)) return { ...tell(rowFault('unknownPlace', { written: text })), unresolved: { written: text, candidates: found.candidates } }
  const { area } = found, name = places.has(area) ? places.nameOf(area) : { th: area, en: area }
  if (!calendar.every.has(area)) return tell(rowFault('unknownPlace', { written: area }))
  if (gone.has(area)) return tell(figureFault('notThen', { place: name, year: String(period) }))
  if (!areas.some(place => isWithin(area, place))) return tell(rowFault('outside', { place: text }))
  if (!isPublicLevel(source, levelOf(area))) return tell(figureFault('belowPublic', { place: name }))
  if (found.isMended) faults.push(rowFault('mendedPlace', { written: text, place: name }, { line: row.line, value: text }))
  return { area, unresolved: null }
}

const NONE: ReadonlySet<AreaCode> = new Set(), PARTS: Partial<Record<string, keyof WrittenPlace>> = { 'place-code': 'code', province: 'province', district: 'district', tambon: 'tambon', village: 'village' }
const asCode = (cell: TableCell | undefined): AreaCode | null => /^(?:TH)?\d{2,12}$/i.test(String(cell ?? '').trim()) ? `TH${String(cell).trim().replace(/^TH/i, '')}` as AreaCode : null
