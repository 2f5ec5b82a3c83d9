import { workbookProblems } from '../../domain/dataset/problems.workbook.ts'
import type { Sheet, SheetRow } from './workbook.ts'

/** A sheet cell by cell: the header first, `row` counting from 1 as the program shows it. */
export type RawSheet = { name: string; rows: { row: number; cells: string[] }[] }

export const MOST_COLUMNS = 500
export const MOST_ROWS = 200_000

/** Spaces that are not seen as such, and characters without width: what a spreadsheet or a web page leaves behind. */
const WIDE = /[\u00a0\u2007\u202f]/g, NO_WIDTH = /[\u200b\u2060\ufeff]/g

/** @example cleanCell('\u00a0age\u200b ') // => 'age' */
export function cleanCell(text: string): string {
  return text.replace(WIDE, ' ').replace(NO_WIDTH, '').replace(/\r\n?/g, '\n').trim()
}

/** Names the cells by their header. Columns without a header are notes of the author and left out, as rows without cells are. */
export function sheetOf(file: string, raw: RawSheet): Sheet {
  const [head, ...body] = raw.rows.filter(({ cells }) => cells.some(cell => cleanCell(cell) !== ''))
  const headers = (head?.cells ?? []).map(cell => cleanCell(cell).replace(/\s+/g, ' '))
  const columns = headers.filter(header => header !== '')
  const sheet = raw.name
  if (columns.length > MOST_COLUMNS) throw workbookProblems.tooManyColumns({ file, sheet, limit: MOST_COLUMNS })
  if (body.length > MOST_ROWS) throw workbookProblems.tooManyRows({ file, sheet, limit: MOST_ROWS })
  const twice = columns.find((header, i) => columns.indexOf(header) !== i)
  if (twice !== undefined) throw workbookProblems.headerTwice({ file, sheet, column: twice })
  return { name: sheet.trim(), columns, rows: body.map(({ row, cells }) => rowOf(row, cells, headers)).filter(({ cells }) => Object.keys(cells).length > 0) }
}

function rowOf(row: number, cells: string[], headers: string[]): SheetRow {
  const named = headers.flatMap((header, i) => {
    const cell = cleanCell(cells[i] ?? '')
    return header === '' || cell === '' ? [] : [[header, cell] as const]
  })
  return { row, cells: Object.fromEntries(named) }
}
