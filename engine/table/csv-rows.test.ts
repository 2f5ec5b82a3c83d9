import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeCsvRows } from './csv-rows.ts'

/** Reads a text in pieces of so many whole lines. */
function read(text: string, linesAtOnce: number): { rows: string[][]; lines: number[]; broken: number[] } {
  const rows: string[][] = [], lines: number[] = [], broken: number[] = []
  const csv = makeCsvRows(',', (cells, line) => { rows.push([...cells]); lines.push(line) }, line => broken.push(line))
  const all = text.split(/(?<=\n)/)
  for (let i = 0; i < all.length; i += linesAtOnce) csv.push(all.slice(i, i + linesAtOnce).join(''))
  csv.end()
  return { rows, lines, broken }
}

test('however a table is cut into pieces, it reads as the library reads it whole: quotes, line ends in cells, blank lines', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'ก', '"', ',', '\n', ' ', '1', ';'), maxLength: 6 }), end = fc.constantFrom('unix', 'windows')
  fc.assert(fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 5 }), end, fc.boolean(), (rows, linesAtOnce, record_delimiter, quoted) => {
    const text = stringify(rows, { record_delimiter, quoted }), whole = parse(text, { relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n'] })
    expect(read(text, linesAtOnce)).toMatchObject({ rows: whole, broken: [] })
  }), { numRuns: 500 })
})

test('a row is told by the line that it begins on, also behind cells of several lines', () => {
  expect(read('a,b\n"x\ny",1\n\n"p\nq\nr",2\nz,3\n', 2).lines).toEqual([1, 2, 5, 8])
})

test('a line with broken quotation marks is told, and the lines after it are read', () => {
  expect(read('a,b\n1,"x"y\n2,z\n"3,w\n4,v\n', 5)).toEqual({ rows: [['a', 'b'], ['2', 'z'], ['4', 'v']], lines: [1, 3, 5], broken: [2, 4] })
})
