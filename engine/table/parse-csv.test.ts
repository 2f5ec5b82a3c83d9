import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCsv, separatorOf } from './parse-csv.ts'

test('rows come with the line they stand on, blank lines and CRLF counted rightly', () => {
  expect(parseCsv('\ufeff"code","n"\r\n50,1\r\n\r\n51,2\r\n')).toEqual({
    header: ['code', 'n'], rows: [{ cells: ['50', '1'], line: 2 }, { cells: ['51', '2'], line: 4 }], faults: [],
  })
})

test('a row with a cell too many or too few is told and left out, the others stay', () => {
  const { rows, faults } = parseCsv('code,n\n50,1\n51\n52,1,2\n53,4\n')
  expect(rows.map(row => row.cells[0])).toEqual(['50', '53'])
  expect(faults).toEqual([{ code: 'ragged', line: 3, cells: 1 }, { code: 'ragged', line: 4, cells: 3 }])
})

test('a quotation mark that is never closed is a line of the report, not a crash', () => {
  expect(parseCsv('code,n\n50,"1\n51,2\n').faults.map(fault => fault.code)).toEqual(['quotes'])
})

test('semicolons and tabs of other spreadsheets are understood', () => {
  expect(separatorOf('a;b;c\n1,2;3;4')).toBe(';')
  expect(parseCsv('a\tb\n1\t2\n').rows[0]?.cells).toEqual(['1', '2'])
})

test('whatever is written as CSV is read back the same', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 8 })
  fc.assert(fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), rows => {
    const { rows: read, faults } = parseCsv(stringify([['first', 'second'], ...rows], { quoted: true }))
    expect(faults).toEqual([])
    expect(read.map(row => row.cells)).toEqual(rows.map(row => row.map(String)))
  }))
})
