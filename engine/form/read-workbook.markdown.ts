import type { RawSheet } from './read-workbook.sheet.ts'

/**
 * Reads Markdown tables: the first cell names a sheet, the first line below it (or the rest of that line) is its header, and lines of a sheet begin with
 * an empty cell. `\|` is a bar, `\n` a new line, `\\` a backslash. Rows are counted from the header, as in a spreadsheet.
 */
export function readMarkdown(text: string): RawSheet[] {
  const sheets: RawSheet[] = []
  for (const line of text.split(/\r?\n/)) {
    const cells = cellsOf(line.trim())
    if (cells === null || isRule(cells)) continue
    const [name = '', ...rest] = cells
    if (name !== '') sheets.push({ name, rows: [] })
    const rows = sheets.at(-1)?.rows
    if (rows && (rows.length > 0 || rest.some(cell => cell !== ''))) rows.push({ row: rows.length + 1, cells: rest })
  }
  return sheets
}

/** Null: the line is not of a table, but a heading or a sentence of the author. */
function cellsOf(line: string): string[] | null {
  if (!line.startsWith('|')) return null
  const cells = line.slice(1).match(/(?:\\.|[^|\\])*\\?(?:\||$)/g) ?? []
  return cells.map(cell => unescape(cell.replace(/\|$/, '').trim()))
}

const ESCAPES: Record<string, string> = { n: '\n', '|': '|', '\\': '\\' }

/** A backslash before anything else is itself, so that patterns like `\d` can be written plainly. */
function unescape(cell: string): string {
  return cell.replace(/\\(.)/g, (whole, letter: string) => ESCAPES[letter] ?? whole)
}

/** The line of dashes that Markdown wants below a header. */
function isRule(cells: string[]): boolean {
  return cells.some(cell => /^:?-{3,}:?$/.test(cell)) && cells.every(cell => /^(:?-+:?)?$/.test(cell))
}
