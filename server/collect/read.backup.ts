import type { Readable } from 'node:stream'
import { compactDecrypt } from 'jose'
import { BackupLine } from '../../domain/collect/collect.backup.ts'
import { BACKUP_MOST_BYTES } from '../../domain/collect/rules.ts'
import { collectProblems } from '../../domain/collect/problems.ts'
import type { BackupKeys } from '../base/backup-keys.ts'

/** A line once opened: what it says, and the bytes behind it; or that it cannot be opened. Lines count from 1. */
export type Opened = { at: number; said: BackupLine; bytes: Buffer } | { at: number; said: null }
export type Head = Extract<BackupLine, { kind: 'backup' }>

/** The heaviest line that a telephone writes holds answers of 5 MB or 4 MB of a file, and is a third longer than that. */
const LINE_MOST_BYTES = 8 << 20
const LINE_FEED = 10

/** Opens a backup line by line, as it arrives: never more than one of them is held. The head says whose it is; without it nothing is taken. Whoever is refused must still be told: the stream is not broken off. */
export async function openBackup(stream: Readable, keys: BackupKeys): Promise<{ head: Head; lines: AsyncGenerator<Opened> }> {
  const lines = openLines(splitLines(stream.iterator({ destroyOnReturn: false })), keys)
  const first = await lines.next()
  if (!first.done && first.value.said?.kind === 'backup') return { head: first.value.said, lines }
  await lines.return(undefined)
  throw collectProblems.notBackup({})
}

async function* openLines(lines: AsyncIterable<string | null>, keys: BackupKeys): AsyncGenerator<Opened> {
  let at = 0
  for await (const line of lines) yield { at: ++at, ...await openLine(line, keys, at === 1) }
}

type Line = { said: BackupLine; bytes: Buffer } | { said: null }

/** Of the first line it is told which key is missing; a later one that cannot be opened was altered. */
async function openLine(line: string | null, keys: BackupKeys, isFirst: boolean): Promise<Line> {
  if (line === null) return { said: null }
  const kid = kidOf(line), key = keys.find(kid)
  if (isFirst && kid !== undefined && !key) throw collectProblems.otherKeys({})
  if (!key) return { said: null }
  const opened = await compactDecrypt(line, key, { keyManagementAlgorithms: ['ECDH-ES'], contentEncryptionAlgorithms: ['A256GCM'] }).catch(() => null)
  return opened === null ? { said: null } : parseLine(Buffer.from(opened.plaintext))
}

function kidOf(line: string): string | undefined {
  const header = parseJson(Buffer.from(line.slice(0, line.indexOf('.')), 'base64url').toString()) as { kid?: unknown } | null
  return typeof header?.kid === 'string' ? header.kid : undefined
}

function parseLine(plain: Buffer): Line {
  const end = plain.indexOf(LINE_FEED), at = end < 0 ? plain.length : end
  const said = BackupLine.safeParse(parseJson(plain.subarray(0, at).toString()))
  return said.success ? { said: said.data, bytes: plain.subarray(at + 1) } : { said: null }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Null: a line that is longer than any of ours. What breaks off gives what came before. */
async function* splitLines(stream: AsyncIterable<Buffer>): AsyncGenerator<string | null> {
  let held: Buffer[] = [], length = 0, total = 0
  const take = () => { const line = length > LINE_MOST_BYTES ? null : Buffer.concat(held).toString('latin1').trim(); held = []; length = 0; return line }
  const hold = (piece: Buffer) => { length += piece.length; if (length > LINE_MOST_BYTES) held = []; else held.push(piece) }
  for await (const chunk of stream) {
    total += chunk.length
    if (total > BACKUP_MOST_BYTES) throw collectProblems.tooLarge({})
    let from = 0
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      hold(chunk.subarray(from, end))
      from = end + 1
      const line = take()
      if (line !== '') yield line
    }
    hold(chunk.subarray(from))
  }
  const last = take()
  if (last !== '') yield last
}
