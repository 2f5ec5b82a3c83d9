import { tableFault } from '../../domain/table/problems.table.ts'
import type { TableFault } from '../../domain/table/table.ts'

export type Kind = { kind: 'text' | 'zip' } | { fault: TableFault }

const bytesOf = (text: string) => [...text].map(letter => letter.charCodeAt(0))
const OLD_OFFICE = [0xd0, 0xcf, 0x11, 0xe0], ZIP = bytesOf('PK\x03\x04'), EMPTY_ZIP = bytesOf('PK\x05\x06')
const ARCHIVES: [readonly number[], string][] = [
  [[0x1f, 0x8b], 'GZIP'], [bytesOf('7z\xbc\xaf\x27\x1c'), '7z'], [bytesOf('Rar!'), 'RAR'], [bytesOf('BZh'), 'BZIP2'], [[0xfd, ...bytesOf('7zXZ')], 'XZ'], [[0x28, 0xb5, 0x2f, 0xfd], 'ZSTD'], [EMPTY_ZIP, 'ZIP'],
]
const OTHERS: [readonly number[], string][] = [
  [bytesOf('%PDF'), 'PDF'], [bytesOf('\x89PNG'), 'PNG'], [[0xff, 0xd8, 0xff], 'JPEG'], [bytesOf('GIF8'), 'GIF'], [bytesOf('SQLite format 3'), 'SQLite'], [bytesOf('PAR1'), 'Parquet'], [bytesOf('{\\rtf'), 'RTF'],
  [bytesOf('\x7fELF'), 'ELF'], [bytesOf('MZ\x90'), 'EXE'],
]
/** Written by a program into a file that it calls .xls or .csv. */
const WRITTEN: [RegExp, string][] = [
  [/^\s*(?:<!doctype html|<html|<head|<body|<table|<meta|<div)/i, 'HTML'],
  [/^\s*(?:<\?xml|<Workbook|<!DOCTYPE|<!ENTITY)/i, 'XML'],
  [/^\s*(?:\{\s*["}]|\[\s*(?:[\[{"\]]|-?\d+\s*[,\]]))/, 'JSON'],
]
const SAID_LOCKED = [...'EncryptedPackage'].flatMap(letter => [letter.charCodeAt(0), 0])

/** What a file is by its first bytes; its name is not believed. */
export function kindOf(name: string, head: Uint8Array): Kind {
  if (head.length === 0) return { fault: tableFault('empty', {}) }
  if (startsWith(head, ZIP)) return { kind: 'zip' }
  if (startsWith(head, OLD_OFFICE)) return { fault: /\.xls[xm]$/i.test(name) || holds(head, SAID_LOCKED) ? tableFault('locked', {}) : tableFault('oldExcel', {}) }
  const archive = ARCHIVES.find(([bytes]) => startsWith(head, bytes))
  if (archive) return { fault: tableFault('archive', { found: archive[1] }) }
  const other = OTHERS.find(([bytes]) => startsWith(head, bytes))
  return other ? { fault: tableFault('notTable', { found: other[1] }) } : { kind: 'text' }
}

/** Text that is no table; null where it may be one. */
export function writtenAs(text: string): TableFault | null {
  const written = WRITTEN.find(([pattern]) => pattern.test(text.slice(0, 1000)))
  if (!written) return null
  return written[1] === 'JSON' ? tableFault('notTable', { found: written[1] }) : tableFault('otherBook', { found: written[1] })
}

const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, i) => bytes[i] === byte)
const holds = (bytes: Uint8Array, part: readonly number[]) => bytes.some((byte, at) => byte === part[0] && part.every((wanted, i) => bytes[at + i] === wanted))
