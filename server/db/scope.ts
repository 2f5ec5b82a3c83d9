import { sql } from 'kysely'
import { AreaCode, PersonId, RecordId } from '../../domain/base/ids.ts'
import { outermost } from '../../domain/area/rules.ts'
import { transact, type Db, type Reader, type Writer } from './db.ts'
import { OWNER } from './roles.ts'

/** For whom a transaction speaks, and in which places; the policies of the database show these and no other. */
export type Scope = { person: PersonId | null; kind: 'person' | 'token' | 'operator' | 'system' | 'stranger'; areas: readonly AreaCode[] }

declare const mayNote: unique symbol
/** May SELECT, and write the audit line of what was seen; exists only inside `witnessAs()`. */
export type Witness = Reader & { readonly [mayNote]: true }

/** The house itself: seeds and jobs. */
export const SYSTEM: Scope = { person: null, kind: 'system', areas: [AreaCode.parse('TH')] }
/** Somebody at the server's own command line. */
export const OPERATOR: Scope = { ...SYSTEM, kind: 'operator' }
/** Nobody signed in: sees nothing that has a place. */
export const STRANGER: Scope = { person: null, kind: 'stranger', areas: [] }

/** For what copies all of the house: the net has no hole for the owner, who states all places as everyone does. */
export const AS_OWNER_EVERYWHERE = `set local role ${OWNER}; set local rakkaeo.areas = 'TH'`

/** Nobody waits longer for a page. */
const READING_LIMIT_MS = 20_000
/** Somebody fetches a large file over a slow line. */
const STREAMING_LIMIT_MS = 3_600_000

/** One read-only transaction with one view of the data, in these places. */
export async function readAs<T>(db: Db, scope: Scope, work: (tx: Reader) => Promise<T>): Promise<T> {
  return transact(db, `${ONE_VIEW} read only; ${stating(scope)}; ${atMost(READING_LIMIT_MS)}`, work)
}

/** One transaction in these places: the whole of `work` happens, or nothing of it. */
export async function writeAs<T>(db: Db, scope: Scope, work: (tx: Writer) => Promise<T>): Promise<T> {
  return transact(db, `begin; ${stating(scope)}`, tx => work(tx as Writer))
}

/** As `readAs`, with one audit line that is committed before what was read leaves. */
export async function witnessAs<T>(db: Db, scope: Scope, work: (tx: Witness) => Promise<T>): Promise<T> {
  return transact(db, `${ONE_VIEW}; ${stating(scope)}; ${atMost(READING_LIMIT_MS)}`, tx => work(tx as unknown as Witness))
}

/**
 * Goes on in other places, for an act that the rules allow although its author holds nothing there (who follows an invitation
 * writes a grant in the inviter's places); afterwards the transaction speaks for its own places again.
 */
export async function inPlaces<T>(tx: Reader | Writer, areas: readonly AreaCode[], work: () => Promise<T>): Promise<T> {
  const { rows: [before] } = await sql<{ areas: string }>`select current_setting('rakkaeo.areas') as areas`.execute(tx)
  await sql.raw(settingOf(areas)).execute(tx)
  const result = await work()
  await sql.raw(settingOf((before?.areas ?? '').split(',').filter(Boolean))).execute(tx)
  return result
}

/**
 * Looks through the glass of the person for whom the transaction speaks: one record of another place more, while the glass holds (the policies
 * `glass` ask for it). Its neighbours stay as unseen as before.
 */
export async function throughGlass<T>(tx: Reader | Witness, record: RecordId, work: () => Promise<T>): Promise<T> {
  await sql.raw(`set local rakkaeo.glass = '${RecordId.parse(record)}'`).execute(tx)
  const result = await work()
  await sql.raw(`set local rakkaeo.glass = ''`).execute(tx)
  return result
}

/** The same transaction goes on in the name of somebody else: what arrives together is kept together, each in its sender's name. */
export async function speakFor(tx: Writer, scope: Scope): Promise<void> {
  await sql.raw(stating(scope)).execute(tx)
}

/** As `readAs`, for a file that is sent as it is read: as long as that takes, within reason. */
export async function streamAs<T>(db: Db, scope: Scope, work: (tx: Reader) => Promise<T>): Promise<T> {
  return transact(db, `${ONE_VIEW} read only; ${stating(scope)}; ${atMost(STREAMING_LIMIT_MS)}`, work)
}

const ONE_VIEW = 'start transaction isolation level repeatable read'
const atMost = (limitMs: number) => `set local statement_timeout = ${limitMs}`

/** SET takes no parameters: every part is parsed. */
function stating({ person, kind, areas }: Scope): string {
  return `set local rakkaeo.person = '${person === null ? '' : PersonId.parse(person)}'; set local rakkaeo.kind = '${KINDS[kind]}'; ${settingOf(areas)}`
}

const KINDS: Record<Scope['kind'], string> = { person: 'person', token: 'token', operator: 'operator', system: 'system', stranger: 'stranger' }

/** Codes hold only letters and digits once parsed; in order, none inside another. */
function settingOf(areas: readonly string[]): string {
  return `set local rakkaeo.areas = '${outermost(areas.map(area => AreaCode.parse(area))).join(',')}'`
}
