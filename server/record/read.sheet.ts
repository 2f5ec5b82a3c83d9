import { PassThrough, Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { writeXlsxStream } from 'hucre/xlsx'
import yazl from 'yazl'
import type { FileReply } from '../../domain/base/api.ts'
import type { RecordFilter } from '../../domain/record/api.ts'
import type { Reader } from '../db/db.ts'
import type { Looking } from './read.answers.ts'
import { cellsOf, codebookOf, csvOf, geoJsonOf, jsonOf, tablesOf, type Table } from './read.export.ts'
import type { Shown } from './read.shown.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The file that is asked for, sent as it is read. `table`: of a spreadsheet, the repeat whose rows are wanted instead of the records. */
export function fileOf(shown: Shown, looking: Looking, filter: RecordFilter, as: 'csv' | 'xlsx' | 'geojson' | 'json', table: string | undefined, day: string): FileReply {
  const name = `${shown.id}-${looking.areas.length === 1 ? looking.areas[0] : 'areas'}-${day}`
  switch (as) {
    case 'json': return { name: `${name}.json`, type: 'application/json; charset=utf-8', body: tx => jsonOf(tx, shown, looking, filter) }
    case 'geojson': return { name: `${name}.geojson`, type: 'application/geo+json; charset=utf-8', body: tx => geoJsonOf(tx, shown, looking, filter) }
    case 'csv': return { name: `${name}.zip`, type: 'application/zip', body: tx => zipOf(tx, shown, looking, filter, day) }
    case 'xlsx': return { name: `${name}${table ? `-${table}` : ''}.xlsx`, type: XLSX, body: tx => sheetOf(tx, shown, looking, filter, table) }
    default: return as satisfies never
  }
}

/** A table of the records, one for each repeat, and one that says what the columns mean. One after the other: they share a connection. */
async function* zipOf(tx: Reader, shown: Shown, looking: Looking, filter: RecordFilter, day: string): AsyncGenerator<Uint8Array> {
  const zip = new yazl.ZipFile(), out = new PassThrough(), how = { ...FAST, mtime: new Date(`${day}T12:00:00`) }
  zip.on('error', error => out.destroy(error as Error))
  for (const table of tablesOf(shown, looking)) {
    zip.addReadStreamLazy(`${table.name}.csv`, how, done => done(null, Readable.from(csvOf(tx, shown, looking, filter, table), { objectMode: false }).on('error', error => out.destroy(error))))
  }
  zip.addBuffer(Buffer.from(`\ufeff${stringify(codebookOf(shown))}`), 'fields.csv', how)
  zip.end()
  yield* zip.outputStream.pipe(out) as AsyncIterable<Uint8Array>
}

/** Small enough for a slow line, and not the server's whole morning. */
const FAST = { compress: true, compressionLevel: 1 }

/** One table as a spreadsheet. */
export async function* sheetOf(tx: Reader, shown: Shown, looking: Looking, filter: RecordFilter, name: string | undefined): AsyncGenerator<Uint8Array> {
  const tables = tablesOf(shown, looking), table = tables.find(one => one.repeat !== null && one.name === name) ?? tables[0] as Table
  yield* writeXlsxStream(fittingCells(cellsOf(tx, shown, looking, filter, table)), { name: table.name.slice(0, 31), freezePane: { rows: 1 } }) as unknown as AsyncIterable<Uint8Array>
}

const MOST_CHARACTERS = 32_767

/** What a cell can hold; and what would be read as the code of a sign (ECMA-376, 22.4.2.4) stays the text that it is. */
async function* fittingCells<C>(rows: AsyncIterable<C[]>): AsyncGenerator<C[]> {
  for await (const row of rows) yield row.map(cell => typeof cell === 'string' ? fitting(cell) as C : cell)
}

function fitting(cell: string): string {
  const plain = cell.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
  return plain.length > MOST_CHARACTERS ? `${plain.slice(0, MOST_CHARACTERS - 1)}…` : plain
}
