/** Reads a table with all its cells and places, alone in a process so that its memory is its own; prints what it took. */
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { AreaCode } from '../domain/base/ids.ts'
import { levelOf } from '../domain/area/rules.ts'
import { makeCellReader } from '../engine/table/cell.ts'
import { openTable } from '../engine/table/open.ts'
import { makePlaceResolver } from '../engine/table/places.ts'
import { readTable } from '../engine/table/read-table.ts'
import { FIELDS } from './table.file.ts'

const path = process.argv[2] as string
const source = { name: path, size: statSync(path).size, open: () => createReadStream(path) as AsyncIterable<Uint8Array> }
const areas = (parse(readFileSync(new URL('../seed/area/area.csv', import.meta.url)), { columns: true }) as Record<string, string>[]).filter(row => row['valid_until'] === '')
  .map(row => { const code = AreaCode.parse(row['code']); return { code, level: levelOf(code), parentCode: null, name: { th: row['name_th'] ?? '', en: row['name_en'] ?? '' } } })

const begun = performance.now(), opened = await openTable(source)
if ('fault' in opened) throw new Error(opened.fault.say.en)
const openedAt = performance.now(), readers = FIELDS.map(field => makeCellReader(field, { era: 'any', order: 'dmy', unit: null })), resolve = makePlaceResolver(areas)
let rows = 0, wrong = 0
for await (const batch of readTable(source, opened.table.shape)) {
  wrong += batch.faults.length
  for (const { cells } of batch.rows) {
    for (let i = 0; i < readers.length; i++) if ('fault' in readers[i]!(cells[i] ?? null)) wrong++
    if ('candidates' in resolve({ province: cells[7] ?? null, district: cells[8] ?? null, tambon: cells[9] ?? null })) wrong++
    rows++
  }
}
console.log(JSON.stringify({ rows, wrong, guessed: opened.table.rows, openMs: openedAt - begun, readMs: performance.now() - openedAt, peakBytes: process.resourceUsage().maxRSS * 1024 }))
