import { CsvError, parse } from 'csv-parse/sync'
import { TABLE_LIMITS } from './limits.ts'
import { splitLines } from './split-lines.ts'

/** `line`: where the row begins. */
export type TakeRow = (cells: string[], line: number) => void
/** A line whose quotation marks cannot be made sense of. */
export type TakeBroken = (line: number, text: string) => void
export type CsvRows = { push: (wholeLines: string) => void; end: () => void }

const QUOTE = '"'

/**
 * Rows of a CSV file that comes in pieces of whole lines. Plain pieces are split (`splitLines`), others go through the library; a cell that goes
 * on into the next piece is waited for. After a line with broken quotation marks reading goes on with the line that follows it.
 */
export function makeCsvRows(separator: string, take: TakeRow, takeBroken: TakeBroken): CsvRows {
  let waiting = '', open = false, line = 1, broken = 0
  const leave: TakeBroken = (line, text) => { broken++; takeBroken(line, text) }
  const flush = () => {
    const text = waiting
    waiting = ''
    open = false
    const lines = splitLines(text.endsWith('\n') ? text.slice(0, -1) : text, separator)
    if (lines === null) parseQuoted(text, line, separator, take, leave, () => broken > TABLE_LIMITS.brokenRows)
    else for (let i = 0; i < lines.length; i++) { const cells = lines[i]; if (cells) take(cells, line + i) }
    line += countOf(text, '\n')
  }
  return {
    push: text => {
      if (countOf(text, QUOTE) % 2 === 1) open = !open
      waiting = waiting === '' ? text : waiting + text
      if (!open || waiting.length > TABLE_LIMITS.lineCharacters) flush()
    },
    end: () => { if (waiting !== '') flush() },
  }
}

function parseQuoted(text: string, firstLine: number, delimiter: string, take: TakeRow, takeBroken: TakeBroken, isGivenUp: () => boolean): void {
  let rest = text, line = firstLine
  while (rest !== '' && !isGivenUp()) {
    let read = 0
    try {
      parse(rest, {
        delimiter, relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n'],
        on_record: (cells: string[], { lines }) => { read = lines; take(cells, line + lines - 1 - endsIn(cells)); return null },
      })
      return
    } catch (error) {
      if (!(error instanceof CsvError)) throw error
    }
    const start = lineStart(rest, read), end = rest.indexOf('\n', start) + 1 || rest.length
    takeBroken(line + countOf(rest.slice(0, start), '\n'), rest.slice(start, end).trimEnd())
    line += countOf(rest.slice(0, end), '\n')
    rest = rest.slice(end)
  }
}

const endsIn = (cells: readonly string[]) => cells.reduce((sum, cell) => sum + countOf(cell, '\n'), 0)

/** Where the first line that is not blank begins after so many. */
function lineStart(text: string, lines: number): number {
  let at = 0
  for (let i = 0; i < lines; i++) at = text.indexOf('\n', at) + 1 || text.length
  while (text[at] === '\n' || text.startsWith('\r\n', at)) at += text[at] === '\n' ? 1 : 2
  return at
}

function countOf(text: string, letter: string): number {
  let count = 0
  for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1)) count++
  return count
}
