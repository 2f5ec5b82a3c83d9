import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { TPMAP_COLUMNS, type TpmapPart } from '../../domain/import/tpmap.ts'

/** Writes plausible TPMAP files of lower levels whose sums are the published province files. The same input gives the same bytes. */

const SEED = fileURLToPath(new URL('../../seed', import.meta.url))
/** Numbers of one area by the published names of the columns, both parts together. */
export type Cells = Map<string, number>
export type Place = { code: string; cells: Cells }

/** The published numbers of the provinces, by two-digit code. */
export function publishedProvinces(): Place[] {
  const [common, poor] = ['common', 'poor'].map(part => parse(readFileSync(`${SEED}/tpmap/tpmap_2561_province_${part}.csv`), { columns: true, bom: true }) as Record<string, string>[]) as [Record<string, string>[], Record<string, string>[]]
  return common.map(row => {
    const other = poor.find(one => one['province_ID'] === row['province_ID'])
    const cells = Object.entries({ ...row, ...other }).filter(([name]) => name !== 'province_ID')
    return { code: row['province_ID'] as string, cells: new Map(cells.map(([name, cell]) => [name, Number(cell)])) }
  })
}

/** The six-digit codes of today's tambons and of the parts of municipalities in a province. */
export function tambonCodes(province: string): string[] {
  const areas = parse(readFileSync(`${SEED}/area/area.csv`), { columns: true, bom: true }) as Record<string, string>[]
  return areas.filter(({ level, code, valid_until }) => ['tambon', 'municipal-part'].includes(level as string) && code?.startsWith(`TH${province}`) && !valid_until)
    .map(({ code }) => (code as string).slice(2))
}

/** The digits of today's villages of a tambon. */
export function villageCodes(tambon: string): string[] {
  const areas = parse(gunzipSync(readFileSync(`${SEED}/area/village.csv.gz`)), { columns: true, bom: true }) as Record<string, string>[]
  return areas.filter(({ code, valid_until }) => code?.startsWith(`TH${tambon}`) && code.length === 10 && !valid_until).map(({ code }) => (code as string).slice(2))
}

/** The column that a count may not exceed, from the widest group inwards. */
function capOf(column: string): string | null {
  const failing = /^indicator(\d+)\.CNT$/.exec(column)
  if (failing) return `indicator${failing[1]}.ALL`
  if (column === 'household.CNT') return null
  if (column === 'HOUSEMEMBER_CNT') return null
  if (column === 'poor.household.CNT') return 'household.CNT'
  if (column === 'MOF_VAL_CNT') return 'MOF_REG_CNT'
  if (column === 'poor.JPT.MOFreg.CNT') return 'poor.JPT.CNT'
  if (column === 'poor.JPT.MOFval.CNT') return 'poor.JPT.MOFreg.CNT'
  return column.startsWith('poor.JPT.MOFval.') ? 'poor.JPT.MOFval.CNT' : 'HOUSEMEMBER_CNT'
}

/** Shares an area's numbers out to areas inside it; every count adds up again and stays inside its group. */
export function shareOut(whole: Cells, codes: readonly string[]): Place[] {
  const places = codes.map((code): Place => ({ code, cells: new Map() }))
  const weights = codes.map((_, i) => 1 + (i * 7919) % 13)
  for (const { name, kind } of [...TPMAP_COLUMNS.common, ...TPMAP_COLUMNS.poor]) {
    if (kind === 'percent') continue
    const total = whole.get(name) as number, cap = capOf(name)
    const shares = kind === 'score' ? codes.map(() => total) : split(total, weights, places.map(({ cells }) => cap === null ? Infinity : cells.get(cap) as number))
    places.forEach(({ cells }, i) => cells.set(name, shares[i] as number))
  }
  for (const { cells } of places) {
    const persons = cells.get('HOUSEMEMBER_CNT') as number
    cells.set('JPT.MOFval.pov.rate', persons === 0 ? NaN : 100 * (cells.get('poor.JPT.MOFval.CNT') as number) / persons)
  }
  return places
}

/** By weight, rounded down and never above the cap; what is left goes to the first places with room. */
function split(total: number, weights: readonly number[], caps: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const shares = weights.map((weight, i) => Math.min(caps[i] as number, Math.floor(total * weight / sum)))
  let left = total - shares.reduce((a, b) => a + b, 0)
  for (let i = 0; left > 0 && i < shares.length; i++) {
    const room = Math.min(left, caps[i] as number - (shares[i] as number))
    shares[i] = (shares[i] as number) + room
    left -= room
  }
  return shares
}

const AREA_COLUMN: Record<number, string> = { 2: 'province_ID', 4: 'amphur_ID', 6: 'tumbol_ID', 8: 'village_ID', 10: 'village_ID' }

/** A file in the published layout: quoted headings, the area first, the province last. */
export function tpmapFile(part: TpmapPart, places: readonly Place[], naming: 'dotted' | 'underscored' = 'dotted'): string {
  const columns = TPMAP_COLUMNS[part].map(column => column.name)
  const areaColumn = AREA_COLUMN[places[0]?.code.length ?? 2] as string
  const header = [areaColumn, ...columns, ...(areaColumn === 'province_ID' ? [] : ['province_ID'])].map(name => `"${naming === 'dotted' ? name : name.replaceAll('.', '_')}"`)
  const rows = places.map(({ code, cells }) => {
    const numbers = columns.map(name => Number.isNaN(cells.get(name)) ? '' : cells.get(name))
    return [code.length === 10 ? `"${code}"` : code, ...numbers, ...(areaColumn === 'province_ID' ? [] : [code.slice(0, 2)])].join(',')
  })
  return [header.join(','), ...rows, ''].join('\n')
}

export function sumOf(places: readonly Place[], column: string): number {
  return places.reduce((sum, { cells }) => sum + (cells.get(column) as number), 0)
}
