import type { Sent } from '../../domain/collect/collect.ts'
import type { Lang } from '../../domain/base/text.ts'
import { sentAddress, submitAddress } from './addresses.ts'
import type { Post } from './outbox.post.ts'
import { judge, sayOf, waitOf, type Verdict } from './outbox.verdict.ts'
import { collectProblems } from './problems.ts'
import type { Entry, Shelf } from './shelf.ts'

export type Progress = { instanceId: string; name: string | null; sent: number; bytes: number }
export type Sending = {
  shelf: Shelf; fetch: typeof globalThis.fetch; post: Post; lang: () => Lang
  /** Of this program, for the header that says who sent. */
  version: string; phone: string
  told: (progress: Progress) => void
}
export type Outcome = { kind: 'sent' } | { kind: 'gone' } | Exclude<Verdict, { kind: 'taken' }>

/** Files lighter than this go together: a post each costs a slow line more than it tells. */
const TOGETHER_BYTES = 1_000_000

/**
 * Sends one entry until the server names every file of it, byte for byte. What a try before has brought there is not sent again. Every
 * step may be the last: what is on the phone goes only in `confirm`, after the server's own word.
 */
export async function sendEntry(sending: Sending, entry: Entry): Promise<Outcome> {
  const { shelf } = sending, { instanceId } = entry
  const before = entry.tried ? await askSent(sending, entry) : NOTHING
  if ('kind' in before) return before
  if (!await shelf.begin(instanceId)) return { kind: 'gone' }
  const lacking = await listLacking(shelf, entry, before)
  if (!before.received || lacking.length > 0) {
    const verdict = await postAll(sending, entry, lacking)
    if (verdict.kind !== 'taken') return verdict
  }
  const after = await askSent(sending, entry)
  if ('kind' in after) return after
  const [missing] = await listLacking(shelf, entry, after)
  if (!after.received || missing !== undefined) return { kind: 'hold', why: sayOf(collectProblems.notWhole({ name: missing ?? 'XML' })), all: false }
  await shelf.confirm(instanceId)
  return { kind: 'sent' }
}

const NOTHING: Pick<Sent, 'received' | 'files'> = { received: false, files: [] }
const OK = 200, SIGN_IN = 401

/** What the server has. Only an answer of the agreed shape counts: anything may answer where a network asks for a password first. */
export async function askSent({ fetch }: Pick<Sending, 'fetch'>, { instanceId, dataset }: Pick<Entry, 'instanceId' | 'dataset'>): Promise<Sent | Exclude<Verdict, { kind: 'taken' }>> {
  const response = await fetch(sentAddress(instanceId, dataset), { cache: 'no-store' }).catch(() => null)
  if (!response) return judge(null) as Exclude<Verdict, { kind: 'taken' }>
  if (response.status === SIGN_IN) return { kind: 'hold', why: sayOf(collectProblems.signIn({})), all: true, signIn: true }
  const busy = { kind: 'hold', why: sayOf(collectProblems.serverBusy({})), all: true, ...waitOf(name => response.headers.get(name)) } as const
  const sent = response.status === OK ? await response.json().catch(() => null) as unknown : null
  return isSent(sent) ? sent : busy
}

function isSent(value: unknown): value is Sent {
  const { received, files } = (value ?? {}) as Partial<Sent>
  return typeof received === 'boolean' && Array.isArray(files) && files.every(file => typeof file?.name === 'string' && typeof file.bytes === 'number' && typeof file.sha256 === 'string')
}

async function listLacking(shelf: Shelf, { instanceId, files }: Entry, { files: there }: Pick<Sent, 'files'>): Promise<string[]> {
  const lacking: string[] = []
  for (const { name, bytes } of files) {
    const known = there.find(file => file.name === name && file.bytes === bytes)
    const file = known && await shelf.readFile(instanceId, name)
    if (!file || await sha256(file) !== known.sha256) lacking.push(name)
  }
  return lacking
}

async function sha256(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

async function postAll(sending: Sending, entry: Entry, names: readonly string[]): Promise<Verdict> {
  const { shelf } = sending, { xml } = await shelf.readAnswers(entry.instanceId)
  const batches = batchesOf(entry, names)
  for (const [turn, batch] of batches.entries()) {
    const isLast = turn === batches.length - 1, verdict = await postBatch(sending, entry, { xml, batch, isLast })
    if (verdict.kind !== 'taken') return verdict
    // after the last one the server is asked for all of them
    if (!isLast) await shelf.noteSent(entry.instanceId, Object.fromEntries(batch.map(name => [name, bytesOf(entry, name)])))
  }
  return { kind: 'taken' }
}

const bytesOf = ({ files }: Entry, name: string) => files.find(file => file.name === name)?.bytes ?? 0

function batchesOf(entry: Entry, names: readonly string[]): string[][] {
  const batches: string[][] = [[]]
  let bytes = 0
  for (const name of names) {
    const more = bytesOf(entry, name)
    if (bytes > 0 && bytes + more > TOGETHER_BYTES) { batches.push([]); bytes = 0 }
    batches.at(-1)?.push(name)
    bytes += more
  }
  return batches
}

async function postBatch(sending: Sending, entry: Entry, { xml, batch, isLast }: { xml: string; batch: string[]; isLast: boolean }): Promise<Verdict> {
  const body = new FormData(), { instanceId } = entry
  const answers = new File([xml], 'xml_submission_file.xml', { type: 'text/xml' })
  body.append('xml_submission_file', answers)
  if (!isLast) body.append('*isIncomplete*', 'yes')
  for (const name of batch) {
    const file = await sending.shelf.readFile(instanceId, name)
    if (!file) return { kind: 'refused', why: sayOf(collectProblems.fileMissing({ name })) }
    body.append(name, file, name)
  }
  const headers = { 'x-openrosa-version': '1.0', 'x-rakkaeo-client': `Rakkaeo/${sending.version}`, 'accept-language': sending.lang() }
  const tell = (left: number) => sending.told({ instanceId, ...whereIn(entry, batch, left - answers.size) })
  tell(0)
  return judge(await sending.post(submitAddress(sending.phone), body, headers, tell))
}

/** Which file the line is at, when so many bytes have left. */
function whereIn(entry: Entry, batch: readonly string[], left: number): Omit<Progress, 'instanceId'> {
  let rest = Math.max(0, left)
  for (const name of batch) {
    const bytes = bytesOf(entry, name)
    if (rest < bytes || name === batch.at(-1)) return { name, sent: Math.min(rest, bytes), bytes }
    rest -= bytes
  }
  return { name: null, sent: 0, bytes: 0 }
}
