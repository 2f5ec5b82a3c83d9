import type { Lang, Text } from '../../domain/base/text.ts'
import type { PersonId } from '../../domain/base/ids.ts'
import { meAddress } from './addresses.ts'
import { sendEntry, type Outcome, type Progress, type Sending } from './outbox.entry.ts'
import { post } from './outbox.post.ts'
import { sayOf } from './outbox.verdict.ts'
import { getPhone } from './phone.name.ts'
import { collectProblems } from './problems.ts'
import type { Entry, Shelf } from './shelf.ts'
import { SYNC } from './sync.ts'

/** `sign-in`: sending waits until this person signs in. `tryAt`: when it is tried again by itself. */
export type OutboxStatus = { state: 'idle' | 'sending' | 'waiting' | 'sign-in'; why: Text | null; current: Progress | null; tryAt: Date | null }
export type Outbox = {
  /** Sends what waits, oldest first; after another tab that does. Never throws: why something waits stands with it. */
  sendNow: () => Promise<void>
  watch: (told: (status: OutboxStatus) => void) => () => void
  /** Sends by itself from now on: at once, when the line comes back, when the page is looked at, after a while. */
  start: () => void
  stop: () => void
}
export type OutboxParts = Pick<Sending, 'fetch' | 'post' | 'version' | 'lang'> & { locks: Pick<LockManager, 'request'> | null; random: () => number; getPhone: () => Promise<{ id: string }> }

const FIRST_WAIT_MS = 5_000, LONGEST_WAIT_MS = 10 * 60_000, MOST_FAULTS = 3, LOOK_AGAIN_MS = 5_000

export function makeOutbox(shelf: Shelf, { version, ...given }: { version: string } & Partial<OutboxParts>): Outbox {
  const parts: OutboxParts = { version, fetch: (...asked) => fetch(...asked), post, lang: langOfPage, locks: globalThis.navigator?.locks ?? null, random: Math.random, getPhone, ...given }
  const watchers = new Set<(status: OutboxStatus) => void>()
  let status: OutboxStatus = { state: 'idle', why: null, current: null, tryAt: null }
  let running: Promise<void> | null = null, timer: ReturnType<typeof setTimeout> | null = null, failed = 0, asked = false, end: (() => void) | null = null
  const tell = (change: Partial<OutboxStatus>) => {
    status = { ...status, ...change }
    for (const told of watchers) told(status)
  }
  const run = async () => {
    if (timer) clearTimeout(timer)
    tell({ state: 'sending', why: null, tryAt: null })
    const send = async () => sendAll({ ...parts, shelf, phone: (await parts.getPhone()).id, told: current => tell({ current }) })
    const ended = await send().catch((error): Ended => ({ why: error.say ?? null, signIn: false }))
    failed = ended ? failed + 1 : 0
    await shelf.clearSent().catch(() => undefined)
    const waitMs = waitOf(ended, failed, parts.random()), again = ended && !ended.signIn && end
    if (again) timer = setTimeout(() => void sendNow(), waitMs)
    if (ended) void askForSync()
    tell({ state: ended ? ended.signIn ? 'sign-in' : 'waiting' : 'idle', why: ended?.why ?? null, current: null, tryAt: again ? new Date(Date.now() + waitMs) : null })
  }
  const runAll = async () => { while (asked) { asked = false; await alone(parts.locks, `${SYNC} ${shelf.holder.person}`, run) } }
  // what is finished while others are being sent is sent after them
  const sendNow = () => { asked = true; return running ??= runAll().finally(() => { running = null }) }
  const stop = () => { end?.(); end = null; if (timer) clearTimeout(timer) }
  const start = () => { end ??= onOccasion(() => { failed = 0; void sendNow() }); void sendNow() }
  return { sendNow, start, stop, watch: told => { watchers.add(told); told(status); return () => { watchers.delete(told) } } }
}

const langOfPage = (): Lang => globalThis.document?.documentElement.lang === 'en' ? 'en' : 'th'

/** In one tab at a time, one after the other; where the browser knows no locks, the server takes what comes twice as what came once. */
async function alone(locks: OutboxParts['locks'], name: string, work: () => Promise<void>): Promise<void> {
  if (!locks) return work()
  await locks.request(name, work)
}

/** Longer each time, and not all phones at the same moment. */
function waitOf(ended: Ended, failed: number, random: number): number {
  return Math.max(ended?.afterMs ?? 0, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failed) * (0.5 + random / 2))
}

/** When sending may go better than before. */
function onOccasion(send: () => void): () => void {
  const seen = () => { if (document.visibilityState === 'visible') send() }
  const said = ({ data }: MessageEvent) => { if (data === SYNC) send() }
  addEventListener('online', send)
  document.addEventListener('visibilitychange', seen)
  navigator.serviceWorker?.addEventListener('message', said)
  return () => {
    removeEventListener('online', send)
    document.removeEventListener('visibilitychange', seen)
    navigator.serviceWorker?.removeEventListener('message', said)
  }
}

/** Where the browser can, it wakes the service worker once there is a line, also when no page is open. */
async function askForSync(): Promise<void> {
  const registration = await globalThis.navigator?.serviceWorker?.getRegistration().catch(() => undefined)
  await (registration as { sync?: { register: (tag: string) => Promise<void> } } | undefined)?.sync?.register(SYNC).catch(() => undefined)
}

type Ended = { why: Text | null; signIn: boolean; afterMs?: number } | null

/** Null: nothing waits any more. What was tried before goes after what was not, so that a few the server stumbles over do not keep back the rest. */
async function sendAll(sending: Sending): Promise<Ended> {
  const { shelf } = sending, look = makeLook(sending)
  const waiting = (await shelf.list()).filter(({ state }) => state === 'waiting' || state === 'sending').sort(bySending)
  let ended: Ended = null, faults = 0
  for (const [turn, entry] of waiting.entries()) {
    const shut = await look()
    if (shut) return holdAll(shelf, waiting.slice(turn), shut)
    const outcome = await sendEntry(sending, entry).catch((error): Outcome => ({ kind: 'hold', why: error.say ?? sayOf(collectProblems.serverBusy({})), all: false }))
    if (outcome.kind === 'refused') await shelf.refuse(entry.instanceId, outcome.why)
    if (outcome.kind !== 'hold') continue
    ended = { why: outcome.why, signIn: outcome.signIn ?? false, ...outcome.afterMs !== undefined && { afterMs: outcome.afterMs } }
    if (outcome.all || ++faults >= MOST_FAULTS) return holdAll(shelf, waiting.slice(turn), ended)
    await shelf.hold([entry.instanceId], outcome.why)
  }
  return ended
}

const bySending = (a: Entry, b: Entry) => Number(a.tried) - Number(b.tried) || (a.finishedAt ?? '').localeCompare(b.finishedAt ?? '')

/** Whether the browser is signed in as who wrote this; asked again now and then, since somebody may sign in from another tab. */
function makeLook(sending: Sending): () => Promise<Ended> {
  let looked = -Infinity
  return async () => {
    if (performance.now() - looked < LOOK_AGAIN_MS) return null
    looked = performance.now()
    return isSignedIn(sending, sending.shelf.holder.person)
  }
}

async function holdAll(shelf: Shelf, entries: readonly Entry[], ended: NonNullable<Ended>): Promise<Ended> {
  await shelf.hold(entries.map(({ instanceId }) => instanceId), ended.why)
  return ended
}

/** On a phone of several people the browser may be signed in as another one: nothing is sent in the name of somebody who did not write it. */
async function isSignedIn({ fetch }: Sending, person: PersonId): Promise<Ended> {
  const response = await fetch(meAddress, { cache: 'no-store' }).catch(() => null)
  if (!response) return { why: sayOf(collectProblems.offline({})), signIn: false }
  if (response.status === 401) return { why: sayOf(collectProblems.signIn({})), signIn: true }
  const me = response.ok ? await response.json().catch(() => null) as { person?: { id?: string } } | null : null
  if (!me?.person?.id) return { why: sayOf(response.ok ? collectProblems.notServer({}) : collectProblems.serverBusy({})), signIn: false }
  return me.person.id === person ? null : { why: sayOf(collectProblems.otherPerson({})), signIn: true }
}
