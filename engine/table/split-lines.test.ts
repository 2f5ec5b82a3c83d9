import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitLines } from './split-lines.ts'

test('a table with a separator, a line end or a quotation mark inside a cell is left to the library', () => {
  for (const text of ['"a,b",c', '"a\nb",c', '"a ""b""",c', 'a"b,c', 'a\rb', '"', 'a, "b"', 'a\r\nb\n']) expect(splitLines(text, ',')).toBeNull()
})

test('blank lines keep their place, CRLF is one line end, an empty quoted cell is empty', () => {
  expect(splitLines('a,"b"\r\n\r\n"",2\r\n', ',')).toEqual([['a', 'b'], null, ['', '2'], null])
})

test('what it does split, the library splits in the same way', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '1', ' ', 'ก'), maxLength: 12 })
  let split = 0
  fc.assert(fc.property(cell, text => {
    const lines = splitLines(text, ',')
    if (lines === null) return
    split++
    expect(lines.filter(line => line !== null)).toEqual(parse(text, { relax_column_count: true, skip_empty_lines: true }))
  }), { numRuns: 2000 })
  expect(split).toBeGreaterThan(100)
})
