import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import { extract, type Extract } from 'tar-stream'
import { BackupHead, FORMAT } from '../../domain/backup/backup.ts'
import { backupProblems } from '../../domain/backup/problems.ts'
import { reasonOf } from '../base/folder.ts'

/** The entries of a backup in their order: what it is, tables in parts, files, what must be there, and the hash of that. */
export const HEAD = 'rakkaeo-backup.json', MANIFEST = 'manifest.json', SEAL = 'manifest.sha256'
const FILES = 'files/', TABLES = 'tables/'
export const partName = (table: string, part: number) => `${TABLES}${table}/${String(part).padStart(6, '0')}.copy.zst`
export const fileName = (sha256: string) => `${FILES}${sha256}`
export const tableOf = (entry: string) => entry.startsWith(TABLES) ? entry.split('/')[1] as string : null
export const hashOfFile = (entry: string) => entry.startsWith(FILES) ? entry.slice(FILES.length) : null

export type Entry = { name: string; size: number; stream: AsyncIterable<Buffer> }
/** Told as bytes of the file go by. */
export type OnBytes = (done: number, total: number) => void
/** What this program writes is never larger than this in one piece; a damaged length does not fill the memory. */
const MOST_IN_MEMORY = 1 << 28

const unpack = promisify(zstdDecompress)

/** Goes through a backup once, holding nothing but the piece at hand. */
export async function* entriesOf(file: string, onBytes: OnBytes = () => {}): AsyncGenerator<Entry> {
  const total = await stat(file).then(({ size }) => size, error => { throw backupProblems.cannotRead({ file, reason: reasonOf(error) }) })
  const bytes = createReadStream(file, { highWaterMark: 1 << 20 }), entries: Extract = extract()
  let at = '', done = 0, unread: Error | null = null
  const translated = (error: unknown) => unread ? backupProblems.cannotRead({ file, reason: reasonOf(unread) }) : translate(error, file, at)
  bytes.on('error', error => { unread = error })
  pipeline(bytes, entries as unknown as NodeJS.WritableStream, () => {})
  for await (const entry of told(entries, translated)) {
    at = entry.header.name
    yield { name: entry.header.name, size: entry.header.size, stream: told(entry as unknown as AsyncIterable<Buffer>, translated) }
    // what nobody wanted of it goes by
    entry.resume()
    onBytes(Math.min(done += entry.header.size, total - 1), total)
  }
  onBytes(total, total)
}

/** The same, with what goes wrong in it told in a sentence. */
async function* told<T>(source: AsyncIterable<T>, translated: (error: unknown) => unknown): AsyncGenerator<T> {
  const pieces = source[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await pieces.next().catch(error => { throw translated(error) })
      if (next.done) return
      yield next.value
    }
  } finally {
    await pieces.return?.()
  }
}

/** `part`: the entry that was reached; none at all of what is no container. */
function translate(error: unknown, file: string, part: string): unknown {
  const { message } = error as Error, isCut = /end of data|destroyed|premature/i.test(message)
  if (!isCut && !/Invalid tar header|Invalid header|exceeds|unexpected/i.test(message)) return error
  if (part === '') return backupProblems.notBackup({ file })
  return isCut ? backupProblems.cutShort({ file }) : backupProblems.damaged({ file, part })
}

export async function bytesOf({ stream, size }: Entry): Promise<Buffer> {
  if (size > MOST_IN_MEMORY) throw new Error(`unexpected size ${size}`)
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

export async function unpacked(part: Buffer): Promise<Buffer> {
  return unpack(part, { maxOutputLength: MOST_IN_MEMORY })
}

/** As `sha256sum` writes it. */
export const sealOf = (manifest: Buffer) => Buffer.from(`${sha256(manifest)}  ${MANIFEST}\n`)
export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** What the first entry says, or in a sentence why this is no backup for us. */
export function parseHead(file: string, text: Buffer): BackupHead {
  const head = BackupHead.safeParse(jsonOf(text))
  if (!head.success) throw backupProblems.notBackup({ file })
  if (head.data.format > FORMAT) throw backupProblems.formatNewer({ file, format: head.data.format })
  return head.data
}

export function jsonOf(text: Buffer): unknown {
  try { return JSON.parse(text.toString('utf8')) } catch { return null }
}
