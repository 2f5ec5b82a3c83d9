import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Topology } from 'topojson-specification'

export type Row = Record<string, string>

/** The shared data folder beside the checkout. */
const SHARED = join(import.meta.dirname, '../../../shared/data')

export function isSharedDataThere(): boolean {
  return existsSync(SHARED)
}

/** A CSV file of the shared data folder, every cell as text. */
export function readRows(path: string): Row[] {
  return parse(readFileSync(join(SHARED, path)), { columns: true, bom: true, skip_empty_lines: true })
}

export function readTopology(path: string): Topology {
  return JSON.parse(readFileSync(join(SHARED, path), 'utf8'))
}

/** A cell that must be there: a renamed column of a source stops the work instead of writing blanks. */
export function cell(row: Row, column: string): string {
  const value = row[column]
  if (value === undefined) throw new Error(`There is no column “${column}” in ${Object.keys(row).join(', ')}`)
  return value.trim()
}
