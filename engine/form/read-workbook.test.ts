import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readWorkbook } from './read-workbook.ts'
import type { Workbook } from './workbook.ts'
import { writeMarkdown } from './write-workbook.markdown.ts'
import { writeWorkbook } from './write-workbook.ts'

const cell = fc.string({ unit: fc.constantFrom(...'กขaB1 \\|n\n"\'<&${}☃😀'), maxLength: 8 }).map(text => text.trim())
const workbook: fc.Arbitrary<Workbook> = fc.uniqueArray(fc.constantFrom('survey', 'choices', 'settings', 'my notes'), { minLength: 1 }).chain(names => fc.tuple(...names.map(sheet))).map(sheets => ({ sheets }))

function sheet(name: string) {
  const columns = fc.uniqueArray(cell.map(text => text.replace(/\s+/g, ' ')).filter(text => text !== ''), { minLength: 1, maxLength: 4 })
  return columns.chain(columns => fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), { maxLength: 5 })
    .map(rows => ({ name, columns, rows: rows.map((cells, i) => ({ row: i + 2, cells: cellsOf(columns, cells) })).filter(({ cells }) => Object.keys(cells).length > 0) })))
}

function cellsOf(columns: string[], cells: string[]): Record<string, string> {
  return Object.fromEntries(columns.flatMap((column, i) => cells[i] ? [[column, cells[i]]] : []))
}

test('a workbook comes back the same from XLSX and from Markdown, row numbers too', async () => {
  await fc.assert(fc.asyncProperty(workbook, async given => {
    expect(await readWorkbook('a.xlsx', await writeWorkbook(given))).toEqual(given)
    expect(await readWorkbook('a.md', new TextEncoder().encode(writeMarkdown(given)))).toEqual(given)
  }), { numRuns: 150 })
})
