import { pcode } from './area.ts'
import { noteFault } from './fault.ts'
import { count, writeFigures, type FigureRow } from './figure.ts'
import { cell, readRows, type Row } from './source.ts'

export const CENSUS_FILE = 'population/census_2010.csv'
const YEAR = '2010'
/** The file repeats eight districts of Nong Khai under the codes they took in 2011. */
const LATER_PROVINCE = 'TH38'
const DISTRICT_DIGITS = 4
const PARTS = ['total_total', 'total_households', 'privatehouseholds_total', 'privatehouseholds_households']

/** The census by district as districts were on census day, 1 September 2010. */
export function writeCensus(): void {
  const rows = readRows(CENSUS_FILE)
  const districts = rows.filter(row => cell(row, 'code').length === DISTRICT_DIGITS && !isLater(row))
  noteFault(CENSUS_FILE, `${rows.filter(isLater).length} rows of Bueng Kan (38…) repeat eight districts of Nong Khai that took these codes in 2011; left out, the ledger leads from the old codes to the new.`)
  noteRounding(rows.filter(row => !isLater(row)), districts)
  writeFigures('census-2010', districts.flatMap(figures))
}

function isLater(row: Row): boolean {
  return pcode(cell(row, 'code')).startsWith(LATER_PROVINCE)
}

function figures(row: Row): FigureRow[] {
  const code = pcode(cell(row, 'code'))
  const [persons, households, privatePersons, privateHouseholds] = PARTS.map(column => Number(cell(row, column))) as [number, number, number, number]
  return [
    count(code, YEAR, 'census-population', persons),
    count(code, YEAR, 'census-households', households),
    { code, period: YEAR, indicator: 'census-household-size', numerator: privatePersons, denominator: privateHouseholds },
  ]
}

function noteRounding(rows: readonly Row[], districts: readonly Row[]): void {
  for (const column of PARTS) {
    const provinces = rows.filter(row => cell(row, 'code').length < DISTRICT_DIGITS)
    const differences = provinces.map(row => Number(cell(row, column)) - sum(districts.filter(d => cell(d, 'code').startsWith(cell(row, 'code'))), column))
    const different = differences.filter(difference => difference !== 0)
    noteFault(CENSUS_FILE, `${column}: ${different.length} of ${provinces.length} province rows differ from the sum of their districts, by ${Math.max(0, ...different.map(Math.abs))} at most; provinces are summed from districts (nation ${sum(districts, column)}, by province rows ${sum(provinces, column)}).`)
  }
}

function sum(rows: readonly Row[], column: string): number {
  return rows.reduce((total, row) => total + Number(cell(row, column)), 0)
}
