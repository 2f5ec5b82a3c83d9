import { Readable } from 'node:stream'
import { Problem } from '../../domain/base/problem.ts'
import type { BackupLine } from '../../domain/collect/collect.backup.ts'
import type { BackupTaken } from '../../domain/collect/collect.ts'
import { collectProblems } from '../../domain/collect/problems.ts'
import { submissionProblems } from '../../domain/record/problems.ts'
import type { FileStore } from '../base/file-store.ts'
import type { Collector } from '../record/read.collector.ts'
import type { Ingest, Submission } from '../record/write.ingest.ts'
import { makeSubmission, type DoorParts } from '../record/write.submission.ts'
import type { Head, Opened } from './read.backup.ts'

type EntryParts = DoorParts & { files: FileStore; ingest: Ingest }
type Entry = Extract<BackupLine, { kind: 'entry' }>
type Attachment = Submission['attachments'][number]

const CLIENT = 'Rakkaeo backup'

/** Takes each entry that is whole; one that cannot be taken is told in the report and keeps no other from being taken. */
export async function takeEntries(parts: EntryParts, collector: Collector, head: Head, lines: AsyncIterator<Opened>, report: BackupTaken): Promise<void> {
  const cursor = new Cursor(lines)
  let seen = 0
  for (await cursor.advance(); cursor.line !== null;) {
    if (cursor.said?.kind !== 'entry') { await cursor.advance(); continue }
    seen++
    await takeEntry(parts, collector, head, cursor, cursor.said, report)
  }
  const missing = Math.max(0, head.entries - seen)
  if (cursor.brokenAt !== null) report.broken = collectProblems.damaged({ line: cursor.brokenAt, missing }).say
  else if (missing > 0) report.broken = collectProblems.cutShort({ missing }).say
}

async function takeEntry(parts: EntryParts, collector: Collector, { phone }: Head, cursor: Cursor, entry: Entry, report: BackupTaken): Promise<void> {
  try {
    const { bytes } = cursor, attachments: Attachment[] = []
    await cursor.advance()
    const xml = textOf(bytes)
    for (const name of entry.files) attachments.push(await keepFile(parts.files, cursor, entry, name))
    const submission = await makeSubmission(parts, collector, { xml, attachments, client: CLIENT, deviceId: phone })
    if (submission.instanceId !== entry.instanceId || submission.dataset !== entry.dataset) throw collectProblems.otherInstance({})
    const kept = await parts.ingest.keep(submission)
    if (kept === 'other') throw submissionProblems.otherContent({})
    report[kept === 'new' ? 'taken' : 'already']++
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'collect/too-large') throw error
    report.refused.push({ instanceId: entry.instanceId, code: error.code, say: error.say })
  }
}

/** A file goes to the disk line by line, as it arrives. */
async function keepFile(files: FileStore, cursor: Cursor, { instanceId, dataset }: Entry, name: string): Promise<Attachment> {
  let mediaType = ''
  const stored = await files.keep(Readable.from(pieces()))
  return { ...stored, name, mediaType }

  async function* pieces(): AsyncGenerator<Buffer> {
    for (let turn = 1, of = 1; turn <= of; turn++) {
      const { said } = cursor
      if (said?.kind !== 'file' || said.name !== name || said.instanceId !== instanceId || said.dataset !== dataset || said.turn !== turn) throw collectProblems.incomplete({ name })
      of = said.of
      mediaType = said.type
      yield cursor.bytes
      await cursor.advance()
    }
  }
}

/** The line that is looked at, and where the first one was that could not be opened. */
class Cursor {
  readonly #lines: AsyncIterator<Opened>
  line: Opened | null = null
  brokenAt: number | null = null

  constructor(lines: AsyncIterator<Opened>) {
    this.#lines = lines
  }

  async advance(): Promise<void> {
    const next = await this.#lines.next()
    this.line = next.done ? null : next.value
    if (this.line?.said === null) this.brokenAt ??= this.line.at
  }

  get said(): BackupLine | null {
    return this.line?.said ?? null
  }

  get bytes(): Buffer {
    return this.line?.said ? this.line.bytes : Buffer.alloc(0)
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true })

function textOf(bytes: Buffer): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw submissionProblems.badXml({ reason: 'UTF-8' })
  }
}
