import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { stringify } from 'csv-stringify/sync'

/** Another folder may be named after the command, to compare. */
const SEED = resolve(process.argv[2] ?? join(import.meta.dirname, '../../seed'))
const GZIP_OS_BYTE = 9

/** Writes a file of seed/; a name that ends in .gz is compressed, with the same bytes on every machine. */
export function writeSeed(path: string, text: string): void {
  const file = join(SEED, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, path.endsWith('.gz') ? gzip(text) : text)
}

export function writeRows(path: string, columns: readonly string[], rows: readonly object[]): void {
  writeSeed(path, stringify(rows as object[], { header: true, columns: [...columns] }))
}

function gzip(text: string): Buffer {
  const bytes = gzipSync(text, { level: 9 })
  bytes[GZIP_OS_BYTE] = 255
  return bytes
}
