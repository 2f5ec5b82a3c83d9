import { pcode } from './area.ts'
import { noteFault } from './fault.ts'
import { commonEra, count, writeFigures, type FigureRow } from './figure.ts'
import { districtNamed, RICE_FILE } from './rice.district.ts'
import { cell, readRows, type Row } from './source.ts'

const KG_PER_TONNE = 1000
/** Production is given in whole tonnes, so the published yield may differ from ours by half a tonne over the planted area, and half a kilogram. */
const HALF_TONNE_KG = 500
const HALF_KG = 0.5

/** Null: the cell is blank. */
type Cell = number | null

export function writeRice(): void {
  const rows = readRows(RICE_FILE)
  const taken = new Set(rows.filter(row => cell(row, 'district_code')).map(key))
  writeFigures('oae-rice', rows.flatMap(row => figures(row, taken)).sort(byCode))
}

function figures(row: Row, taken: Set<string>): FigureRow[] {
  const code = cell(row, 'district_code') || districtNamed(row)
  if (!code) return []
  if (!cell(row, 'district_code')) take({ ...row, district_code: code }, taken)
  noteYield(row, code)
  const period = commonEra(cell(row, 'year_be'))
  const [planted, harvested, tonnes] = ['planted_rai', 'harvested_rai', 'production_ton'].map(column => number(row, column, code)) as [Cell, Cell, Cell]
  return [
    ...known(planted, n => count(pcode(code), period, 'rice-planted-rai', n)),
    ...known(harvested, n => count(pcode(code), period, 'rice-harvested-rai', n)),
    ...known(tonnes, n => count(pcode(code), period, 'rice-production-tonnes', n)),
    ...(planted && tonnes !== null ? [{ code: pcode(code), period, indicator: 'rice-yield', numerator: tonnes * KG_PER_TONNE, denominator: planted }] : []),
  ]
}

function known(value: Cell, make: (n: number) => FigureRow): FigureRow[] {
  return value === null ? [] : [make(value)]
}

function take(row: Row, taken: Set<string>): void {
  if (taken.has(key(row))) throw new Error(`${key(row)} ${cell(row, 'district_th_raw')} is there twice`)
  taken.add(key(row))
}

function key(row: Row): string {
  return `${cell(row, 'year_be')}/${cell(row, 'district_code')}`
}

function number(row: Row, column: string, code: string): Cell {
  const text = cell(row, column)
  if (!text) noteFault(RICE_FILE, `${cell(row, 'year_be')}: district ${code} has no ${column}; no figure is made of it.`)
  return text ? Number(text) : null
}

/** Our yield is production over planted area; where the published one does not follow from them, say so. */
function noteYield(row: Row, code: string): void {
  const [planted, tonnes, published] = ['planted_rai', 'production_ton', 'yield_planted_kg_rai'].map(column => Number(cell(row, column))) as [number, number, number]
  if (!planted || !cell(row, 'production_ton')) return
  const own = tonnes * KG_PER_TONNE / planted
  if (Math.abs(own - published) > HALF_TONNE_KG / planted + HALF_KG) {
    noteFault(RICE_FILE, `${cell(row, 'year_be')}: district ${code}: published yield ${published} kg per planted rai, ${own.toFixed(1)} computed from production and area; the computed one is used.`)
  }
}

function byCode(a: FigureRow, b: FigureRow): number {
  return a.period.localeCompare(b.period) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
}
