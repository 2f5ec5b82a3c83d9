import { expect, test } from 'vitest'
import { Indicator, Source } from '../../domain/indicator/indicator.ts'
import { Figure } from '../../domain/figure/figure.ts'
import { figuresCsv } from './figures-csv.ts'
import { parseCsv } from './parse-csv.ts'

const text = (th: string, en = th) => ({ th, en })
const indicator = Indicator.parse({
  id: 'target-poor', version: 'bmn2560', topic: 'poverty', kind: 'ratio', unit: 'ratio', name: text('คนจนเป้าหมาย', 'Target poor'), shortName: text('x'),
  definition: text('นิยาม', 'Definition, with a comma'), numerator: text('x'), denominator: text('x'), set: null, dimension: null, better: 'lower', caution: null,
})
const source = Source.parse({
  id: 'tpmap-2561', title: text('ทีพีแมป', 'TPMAP'), publisher: text('x'), url: null, licence: text('ไม่ระบุ', 'Unlicense'), registers: [], notCovered: [], publicLevel: 'province', note: null,
})
const figure = Figure.parse({ area: 'TH50', period: '2018', numerator: 54887, denominator: 975845, value: 54887 / 975845, unit: 'ratio', source: 'tpmap-2561', version: 'bmn2560', status: 'published', internal: false })

test('a row can be read without the page it came from: year, source, licence, definition and day are in it', () => {
  const csv = figuresCsv([{ figure, indicator, source, name: text('เชียงใหม่', 'Chiang Mai') }], 'en', '2026-11-23')
  expect(csv.startsWith('\ufeff')).toBe(true)
  const { header, rows } = parseCsv(csv)
  const row = Object.fromEntries(header.map((column, i) => [column, rows[0]?.cells[i]]))
  expect(row).toMatchObject({ code: 'TH50', name_th: 'เชียงใหม่', level: 'province', year_ce: '2018', year_be: '2561', numerator: '54887', status: 'published', internal: 'false', licence: 'Unlicense', definition: 'Definition, with a comma', retrieved: '2026-11-23' })
  expect(Number(row['value'])).toBe(54887 / 975845)
})

test('a gap is an empty cell, not a zero, and says why', () => {
  const gap = { ...figure, numerator: null, denominator: null, value: null, status: 'not-covered' as const }
  const { header, rows } = parseCsv(figuresCsv([{ figure: gap, indicator, source, name: text('กรุงเทพมหานคร') }], 'th', '2026-11-23'))
  expect(['numerator', 'denominator', 'value', 'status'].map(column => rows[0]?.cells[header.indexOf(column)])).toEqual(['', '', '', 'not-covered'])
})

test('a name that begins like a formula cannot run in a spreadsheet', () => {
  for (const start of ['=', '+', '-', '@']) {
    const csv = figuresCsv([{ figure, indicator, source, name: text(`${start}HYPERLINK("x")`) }], 'th', '2026-11-23')
    expect(parseCsv(csv).rows[0]?.cells[1]).toBe(`'${start}HYPERLINK("x")`)
  }
})
