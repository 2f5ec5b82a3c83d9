import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Session } from '../../domain/access/api.sign-in.ts'
import { PersonId } from '../../domain/base/ids.ts'
import type { AuthDb } from '../db/db.ts'
import { PLANNED } from '../db/planned.ts'
import type { Door } from './door.ts'

/** Who is signed in by these cookies, and by which session. */
export type SignedIn = { person: PersonId; session: string }

const COOKIE = 'rakkaeo.session_token='

/** Null without a session that holds. The cookie is signed: a made-up one does not reach the database. */
export async function findSignedIn(door: Door, cookie: string | undefined): Promise<SignedIn | null> {
  if (!cookie?.includes(COOKIE)) return null
  return await findAtOnce(door, cookie) ?? askLibrary(door, cookie)
}

/** What the library would say of the usual cookie, whose session holds, in one question to the database and not in two with what surrounds them; it is asked at every request. */
async function findAtOnce({ database: { auth, keys } }: Door, cookie: string): Promise<SignedIn | null> {
  const [first, second] = cookie.matchAll(/(?:^|; ?)rakkaeo\.session_token=(\w+)\.((?:[\w+/=]|%2B|%2F|%3D)+)(?=;|$)/g)
  const [, token = '', signature = ''] = first ?? []
  if (!token || second || !isSigned(token, decodeURIComponent(signature), keys.session)) return null
  const row = await auth.selectFrom('auth.session').modifyFront(PLANNED).where('token', '=', token).where('expires_at', '>', new Date()).select(['id', 'user_id']).executeTakeFirst()
  return row ? { person: PersonId.parse(row.user_id), session: row.id } : null
}

function isSigned(token: string, signature: string, secret: string): boolean {
  const given = Buffer.from(signature), ours = Buffer.from(createHmac('sha256', secret).update(token).digest('base64'))
  return given.length === ours.length && timingSafeEqual(given, ours)
}

/** The slow way, for everything that is not usual; what is over, it clears away. */
export async function askLibrary({ auth }: Door, cookie: string): Promise<SignedIn | null> {
  const found = await auth.api.getSession({ headers: new Headers({ cookie }), query: { disableRefresh: true } })
  return found ? { person: PersonId.parse(found.user.id), session: found.session.id } : null
}

export async function listSessions(db: AuthDb, me: SignedIn): Promise<Session[]> {
  const rows = await db.selectFrom('auth.session').where('user_id', '=', me.person).where('expires_at', '>', new Date())
    .select(['id', 'created_at', 'expires_at', 'ip_address', 'user_agent']).orderBy('created_at', 'desc').limit(100).execute()
  return rows.map(row => ({
    id: row.id, current: row.id === me.session, startedAt: row.created_at.toISOString(), expiresAt: row.expires_at.toISOString(),
    address: row.ip_address || null, program: row.user_agent || null,
  }))
}

/** Ends one session of this person; false: they have no such session. */
export async function endSession(db: AuthDb, me: SignedIn, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('auth.session').where('user_id', '=', me.person).where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

export async function endOtherSessions(db: AuthDb, me: SignedIn): Promise<void> {
  await db.deleteFrom('auth.session').where('user_id', '=', me.person).where('id', '<>', me.session).execute()
}
