import type { Session } from '../../domain/access/api.sign-in.ts'
import { PersonId } from '../../domain/base/ids.ts'
import type { AuthDb } from '../db/db.ts'
import type { Door } from './door.ts'

/** Who is signed in by these cookies, and by which session. */
export type SignedIn = { person: PersonId; session: string }

const COOKIE = 'rakkaeo.session_token='

/** Null without a session that holds. The cookie is signed: a made-up one does not reach the database. */
export async function findSignedIn({ auth }: Door, cookie: string | undefined): Promise<SignedIn | null> {
  if (!cookie?.includes(COOKIE)) return null
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
