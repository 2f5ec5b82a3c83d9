import { sql } from 'kysely'
import { PersonId } from '../../domain/base/ids.ts'
import type { AuthDb } from '../db/db.ts'
import type { Door } from './door.ts'

const COOKIE = /(?:^|;\s*)rakkaeo\.two_factor=([^;]+)/

/** Whose second factor is being asked for by these cookies; for the audit only, better-auth checks for itself. */
export async function findChallenged({ auth }: Door, cookie = ''): Promise<PersonId | null> {
  const signed = decodeURIComponent(COOKIE.exec(cookie)?.[1] ?? '')
  const identifier = signed.slice(0, Math.max(0, signed.lastIndexOf('.')))
  if (!identifier.startsWith('2fa-')) return null
  const found = await (await auth.$context).internalAdapter.findVerificationValue(identifier)
  return PersonId.safeParse(found?.value).data ?? null
}

/** The address for the QR says a name that people know, where better-auth writes the e-mail. */
export function relabel(uri: string, name: string): string {
  const url = new URL(uri)
  return `otpauth://totp/${encodeURIComponent('Rakkaeo')}:${encodeURIComponent(name)}${url.search}`
}

/** For somebody whose telephone and recovery codes are lost: from now on the password alone opens. */
export function endSecondFactor(db: AuthDb, person: PersonId): Promise<void> {
  return db.transaction().execute(async tx => {
    await sql`delete from auth.two_factor where user_id = ${person}`.execute(tx)
    await tx.updateTable('auth.user').set({ two_factor_enabled: false }).where('id', '=', person).execute()
  })
}
