import { RecordId, type AreaCode } from '../../domain/base/ids.ts'
import { isWithin } from '../../domain/area/rules.ts'
import { questionOf } from '../../domain/dataset/rules.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { rowFault } from '../../domain/table/problems.row.ts'
import type { TableCell, TableFault, TableMapping, TableRow } from '../../domain/table/table.ts'
import type { Values } from '../../engine/form/answers.ts'
import { readPosition } from '../../engine/table/cell.position.ts'
import { makeCellReader, type CellReader } from '../../engine/table/cell.ts'
import { writtenPlace, type WrittenPlace } from '../../engine/table/places.written.ts'
import { questionsFor } from './read.form.ts'
import type { Places } from './read.places.ts'

/** A row whose cells were read: answers by path, where it lies, and the record that it is about. */
export type ReadRow = {
  row: TableRow; values: Values; faults: TableFault[]; place: AreaCode | null; target: RecordId | null
  /** A place that somebody has to choose. */
  unresolved: { written: string; candidates: readonly AreaCode[] } | null
  /** Keys of fields whose cells could not be read: no rule need say that they are missing. */
  unread: ReadonlySet<string>
}
export type CellContext = { model: FormModel; mapping: TableMapping; names: readonly string[]; places: Places; /** Where rows may lie. */ areas: readonly AreaCode[]; /** The form's own. */ formArea: AreaCode }

type Column = { index: number; name: string; key: string; path: string; isShown: boolean; read: CellReader }
type Part = keyof WrittenPlace | 'lat' | 'lon' | 'record-id'

const NONE: ReadonlySet<string> = new Set()

/** How the rows of this table are read; made once. */
export function makeRowReader(context: CellContext): (row: TableRow) => ReadRow {
  const { model, mapping } = context, columns = columnsOf(context), constants = constantsOf(context), parts = partsOf(mapping)
  const point = questionOf(model, 'point'), placeQuestion = questionOf(model, 'place'), locate = makeLocate(context, parts)
  return row => {
    const values: Values = { ...constants.values }, faults = constants.faults.map(fault => ({ ...fault, line: row.line }))
    let unread = NONE
    const leave = (key: string) => { unread = new Set(unread).add(key) }
    for (const { index, name, key, path, isShown, read } of columns) {
      const cell = row.cells[index] ?? null, result = read(cell), found = 'fault' in result ? result.fault : result.warning
      if (found) faults.push({ ...found, line: row.line, column: name, value: isShown && cell !== null ? String(cell) : null })
      if ('fault' in result) leave(key)
      else if (result.value !== null) values[path] = result.value
    }
    const target = readTarget(row, parts, faults, context), at = locate(row, target !== null, faults)
    if (point && parts.has('lat') && parts.has('lon')) readPoint(row, parts, point.path, values, faults)
    if (placeQuestion && at.place !== null) values[placeQuestion.path] = at.place
    else if (placeQuestion) leave(placeQuestion.key)
    return { row, values, faults, target, unread, ...at }
  }
}

/** A column that is kept closely is told by its line alone. */
function columnsOf({ model, mapping, names }: CellContext): Column[] {
  const questions = new Map(questionsFor(model).map(question => [question.key, question]))
  return mapping.columns.flatMap(({ column, target, field, reading }): Column[] => {
    const question = target === 'field' && field !== null ? questions.get(field) : undefined
    if (!question) return []
    return [{ index: column, name: names[column] ?? '', key: question.key, path: question.path, isShown: question.sensitivity === 'open' && question.role !== 'national-id', read: makeCellReader(question, reading, mapping.choices[question.key]) }]
  })
}

function constantsOf({ model, mapping }: CellContext): { values: Values; faults: TableFault[] } {
  const values: Values = {}, faults: TableFault[] = []
  for (const question of questionsFor(model)) {
    const text = mapping.constants[question.key]
    if (text === undefined || text === '') continue
    const result = makeCellReader(question, { era: 'any', order: 'ymd', unit: null })(text)
    if ('fault' in result) faults.push({ ...result.fault, column: question.key, value: text })
    else values[question.path] = result.value
  }
  return { values, faults }
}

function partsOf({ columns }: TableMapping): ReadonlyMap<Part, number> {
  return new Map(columns.flatMap(({ target, column }): [Part, number][] => target === 'field' ? [] : [[target === 'place-code' ? 'code' : target, column]]))
}

const cellAt = (row: TableRow, index: number | undefined): TableCell => index === undefined ? null : row.cells[index] ?? null

function readTarget(row: TableRow, parts: ReadonlyMap<Part, number>, faults: TableFault[], { names }: CellContext): RecordId | null {
  const at = parts.get('record-id'), cell = cellAt(row, at)
  if (at === undefined || cell === null || cell === '') return null
  const id = RecordId.safeParse(String(cell).trim().toLowerCase())
  if (!id.success) faults.push(rowFault('badId', {}, { line: row.line, column: names[at] ?? null, value: String(cell) }))
  return id.data ?? null
}

const TAMBON = 8

/** Wider than a tambon. */
const isWide = (area: AreaCode) => area.length < TAMBON
type Located = Pick<ReadRow, 'place' | 'unresolved'>

/** Where a row lies: what somebody chose for what is written, else what is found for sure; without any column for it, the one tambon of whoever imports. */
function makeLocate({ mapping, places, areas, formArea, model }: CellContext, parts: ReadonlyMap<Part, number>) {
  const own = areas.length === 1 && (areas[0] as AreaCode).length >= TAMBON ? areas[0] as AreaCode : null
  const constant = mapping.constants[questionOf(model, 'place')?.key ?? ''] as AreaCode | undefined
  const columns = (['code', 'province', 'district', 'tambon', 'village'] as const).filter(part => parts.has(part))
  const isNear = (area: AreaCode) => areas.some(place => isWithin(area, place) || isWithin(place, area))
  const around = (written: WrittenPlace) => places.resolve({ province: written.province ?? null, district: written.district ?? null })
  return (row: TableRow, isUpdate: boolean, faults: TableFault[]): Located => {
    const written: WrittenPlace = {}
    for (const part of columns) written[part] = cellAt(row, parts.get(part))
    const text = writtenPlace(written), tell = (fault: TableFault): Located => { faults.push({ ...fault, line: row.line, value: text }); return { place: null, unresolved: null } }
    // a visit that does not say where the thing is leaves it where it is
    if (text === '' && isUpdate) return { place: null, unresolved: null }
    const chosen = mapping.places[text] ?? (text === '' ? constant ?? own : null), found = chosen ? { area: chosen, isMended: false } : text === '' ? null : places.resolve(written)
    if (found === null) return tell(rowFault('noPlace', {}))
    if (!('area' in found)) {
      const near = found.candidates.filter(isNear), wide = around(written)
      if (near.length === 0 && 'area' in wide && !isNear(wide.area)) return tell(rowFault('outside', { place: text }))
      return { ...tell(rowFault('unknownPlace', { written: text })), unresolved: { written: text, candidates: near.length === 0 && 'area' in wide ? [wide.area] : near } }
    }
    const { area } = found
    if (!places.has(area)) return tell(rowFault('unknownPlace', { written: area }))
    if (!isNear(area)) return tell(rowFault('outside', { place: text || area }))
    if (!chosen && isWide(area)) return { ...tell(rowFault('widePlace', { written: text })), unresolved: { written: text, candidates: [area] } }
    if (!areas.some(place => isWithin(area, place))) return tell(rowFault('outside', { place: text || area }))
    if (found.isMended) faults.push(rowFault('mendedPlace', { written: text, place: places.nameOf(area) }, { line: row.line, value: text }))
    return isWithin(area, formArea) ? { place: area, unresolved: null } : tell(rowFault('outsideForm', { place: formArea }))
  }
}

function readPoint(row: TableRow, parts: ReadonlyMap<Part, number>, path: string, values: Values, faults: TableFault[]): void {
  const result = readPosition(cellAt(row, parts.get('lat')), cellAt(row, parts.get('lon'))), found = 'fault' in result ? result.fault : result.warning
  if (found) faults.push({ ...found, line: row.line })
  if (!('fault' in result) && result.value !== null) values[path] = result.value
}
