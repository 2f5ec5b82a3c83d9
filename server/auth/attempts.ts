import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { signInProblems } from '../../domain/access/problems.sign-in.ts'
import type { AuthDb } from '../db/db.ts'

/** From the fifth wrong try on for one account, and from the thirtieth from one address, each wait is twice the one before. */
const FREE = { account: 5, address: 30 }
const FIRST_WAIT_SECONDS = 30, LONGEST_WAIT_SECONDS = 900, FORGOTTEN_AFTER_SECONDS = 3600

export type Tried = { kind: keyof typeof FREE; what: string }
export type Attempt = {
  /** Whether this try, if it is wrong, is the one that closes the door for a while. */
  lastFree: boolean
  /** The right password: the account starts anew, the address is given its try back. */
  succeed(): Promise<void>
}

/**
 * Counts a try before its password is looked at, so that many at once are not more than one after the other.
 * Unknown names are counted like known ones: the door tells nobody which accounts there are.
 */
export async function beginAttempt(db: AuthDb, key: string, tried: Tried[]): Promise<Attempt> {
  const counted: (Tried & { failures: number })[] = []
  for (const one of tried) counted.push({ ...one, ...await count(db, hashOf(key, one), FREE[one.kind]) })
  return {
    lastFree: counted.some(({ failures, kind }) => failures === FREE[kind]),
    succeed: async () => { for (const one of counted) await forgive(db, hashOf(key, one), one.kind) },
  }
}

const CODE_HOLDS_SECONDS = 120

/** Whether this code was shown for this account before, while it holds: each opens once, also for who looked over the shoulder. */
export async function isCodeUsed(db: AuthDb, key: string, account: string, code: string): Promise<boolean> {
  const { rows } = await sql`
    insert into auth.attempt as used (key, failures) values (${hashOf(key, { kind: 'account', what: `code ${account} ${code}` })}, 0)
    on conflict (key) do update set last_at = now() where used.last_at < now() - ${CODE_HOLDS_SECONDS} * interval '1 second'
    returning 1`.execute(db)
  return rows.length === 0
}

/** A new password opens the account's door again. */
export async function forgetAttempts(db: AuthDb, key: string, names: string[]): Promise<void> {
  for (const what of names) await db.deleteFrom('auth.attempt').where('key', '=', hashOf(key, { kind: 'account', what })).execute()
}

/** @example networkOf('2001:db8:1:2:3:4:5:6') // => '2001:db8:1:2', what one household or office is given */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  return plain.includes(':') ? plain.split(':').slice(0, 4).join(':') : plain
}

async function count(db: AuthDb, key: string, free: number): Promise<{ failures: number }> {
  const { rows: [row] } = await sql<{ failures: number }>`
    insert into auth.attempt as tried (key, failures, last_at, locked_until) values (${key}, 1, now(), null)
    on conflict (key) do update set
      failures = case when ${isOld()} then 1 else tried.failures + 1 end,
      last_at = now(),
      locked_until = case when ${isOld()} or tried.failures + 1 < ${free} then null
        else now() + least(${LONGEST_WAIT_SECONDS}, ${FIRST_WAIT_SECONDS} * power(2, least(tried.failures + 1 - ${free}, 10))) * interval '1 second' end
    where tried.locked_until is null or tried.locked_until <= now()
    returning failures`.execute(db)
  if (!row) throw signInProblems.locked({ waitSeconds: await waitOf(db, key) })
  return row
}

const isOld = () => sql`tried.last_at < now() - ${FORGOTTEN_AFTER_SECONDS} * interval '1 second'`

async function waitOf(db: AuthDb, key: string): Promise<number> {
  const { rows: [row] } = await sql<{ wait: number }>`select ceil(extract(epoch from locked_until - now()))::int as wait from auth.attempt where key = ${key}`.execute(db)
  return Math.max(1, row?.wait ?? 1)
}

async function forgive(db: AuthDb, key: string, kind: Tried['kind']): Promise<void> {
  if (kind === 'account') await db.deleteFrom('auth.attempt').where('key', '=', key).execute()
  else await sql`update auth.attempt set failures = greatest(failures - 1, 0), locked_until = null where key = ${key}`.execute(db)
  await sql`delete from auth.attempt where last_at < now() - interval '1 day'`.execute(db)
}

function hashOf(key: string, { kind, what }: Tried): string {
  return createHmac('sha256', key).update(`attempt ${kind} ${what}`).digest('base64url')
}
