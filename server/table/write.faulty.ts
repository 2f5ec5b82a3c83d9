import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { WriteStream } from 'node:fs'
import type { Lang, Text } from '../../domain/base/text.ts'
import { FAULT_COLUMN } from '../../domain/table/rules.mapping.ts'
import type { TableCell, TableFault, TableImportId } from '../../domain/table/table.ts'
import type { Spool } from '../base/spool.ts'

/** Where the rows of an import lie that stayed out, and what is wrong with them. */
export const faultyName = (id: TableImportId) => `${id}.faulty`
type Line = { cells: TableCell[]; say: Text[] }

/** Writes down rows that stay out, as they came. */
export class FaultyRows {
  readonly #spool: Spool
  readonly #name: string
  #file: WriteStream | null = null
  constructor(spool: Spool, id: TableImportId) {
    this.#spool = spool
    this.#name = faultyName(id)
  }

  async add(cells: readonly TableCell[], faults: readonly TableFault[]): Promise<void> {
    this.#file ??= await this.#spool.write(this.#name)
    const say = faults.filter(({ weight }) => weight === 'error').map(({ column, say }): Text => column === null ? say : { th: `${column}: ${say.th}`, en: `${column}: ${say.en}` })
    if (!this.#file.write(`${JSON.stringify({ cells, say })}\n`)) await once(this.#file, 'drain')
  }

  /** Also of a run that found none: what an earlier one wrote is no longer so. */
  async close(): Promise<void> {
    const file = this.#file
    if (file === null) return this.#spool.erase(this.#name)
    file.end()
    await once(file, 'close')
  }
}

/** The same as CSV for a spreadsheet of Thailand, with one more column. */
export async function* faultyCsv(spool: Spool, id: TableImportId, names: readonly string[], lang: Lang): AsyncGenerator<string> {
  yield `\uFEFF${[...names, FAULT_COLUMN[lang]].map(quoted).join(',')}\r\n`
  for await (const text of createInterface({ input: spool.read(faultyName(id)), crlfDelay: Infinity })) {
    const { cells, say } = JSON.parse(text) as Line
    const more = cells.slice(names.length).filter(cell => cell !== null && cell !== '')
    yield `${[...names.map((_, i) => cells[i] ?? ''), [...say.map(one => one[lang]), ...more].join(' · ')].map(cell => quoted(String(cell))).join(',')}\r\n`
  }
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
