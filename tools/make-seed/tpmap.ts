import { stringify } from 'csv-stringify/sync'
import { writeSeed } from './out.ts'
import { readRows } from './source.ts'

const LEAST_COLUMNS = 10

/** The two province files stay in the published layout, with its quoted headings, because the importer reads them as it reads any other. */
export function writeTpmap(): void {
  for (const kind of ['common', 'poor']) {
    const rows = readRows(`tpmap/tpmap_2561_province_${kind}.csv`)
    const columns = Object.keys(rows[0]!)
    if (columns.length < LEAST_COLUMNS) throw new Error(`tpmap ${kind}: ${columns.length} columns`)
    const head = columns.map(column => `"${column}"`).join(',')
    writeSeed(`tpmap/tpmap_2561_province_${kind}.csv`, `${head}\n${stringify(rows, { columns })}`)
  }
}
