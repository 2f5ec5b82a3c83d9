import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { TPMAP_COLUMNS } from '../domain/import/tpmap.ts'

const VILLAGES = join(import.meta.dirname, '../seed/area/village.csv.gz')
/** TPMAP adds two digits to the eight of a village; nearly all of them are 01. */
const WHOLE_VILLAGE = '01'

/** A file in the published layout about that many real villages, with invented numbers; the same at every run. */
export function makeVillageFile(villages: number): { text: string; columns: number; rows: number } {
  const codes = listVillages().slice(0, villages)
  const columns = TPMAP_COLUMNS.common.map(column => column.name)
  const header = ['village_ID', ...columns].map(name => `"${name}"`).join(',')
  const lines = codes.map((code, at) => `"${code.slice(2)}${WHOLE_VILLAGE}",${makeNumbers(at).join(',')}`)
  return { text: [header, ...lines, ''].join('\n'), columns: columns.length + 1, rows: codes.length }
}

function listVillages(): string[] {
  const rows = parse(gunzipSync(readFileSync(VILLAGES)), { columns: true, bom: true }) as { code: string; valid_until: string }[]
  return rows.filter(row => row.valid_until === '').map(row => row.code)
}

/** Some 150 households of four; of the persons concerned by an indicator up to one in ten fails it. */
function makeNumbers(village: number): number[] {
  const households = 50 + (village * 37) % 200
  const persons = households * 4
  const share = (of: number, percent: number) => Math.floor(of * percent / 100)
  const common = [households, persons, share(persons, 30), share(persons, 25), share(persons, 19), share(persons, 2), share(persons, 3), 8]
  const applicable = Array.from({ length: 31 }, (_, at) => share(persons, 20 + (village + at * 7) % 80))
  return [...common, ...applicable, ...applicable.map((of, at) => share(of, (village + at) % 10))]
}
