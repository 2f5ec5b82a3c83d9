import { PersonId } from '../../domain/base/ids.ts'
import type { AuthDb } from '../db/db.ts'

/** Addresses that cannot exist, for people who have none: every account of better-auth has an address. */
export const NO_MAIL = '@no-mail.invalid'

export function realEmail(email: string): string | null {
  return email.endsWith(NO_MAIL) ? null : email
}

/** The account that is meant by a user name or an e-mail. */
export async function findAccountId(db: AuthDb, name: string): Promise<PersonId | null> {
  const column = name.includes('@') ? 'email' : 'user_name'
  const row = await db.selectFrom('auth.user').where(column, '=', name.toLowerCase()).select('id').executeTakeFirst()
  return row?.id ?? null
}

/** Under which names the person can sign in. */
export async function findNames(db: AuthDb, id: string): Promise<string[]> {
  const row = await db.selectFrom('auth.user').where('id', '=', PersonId.parse(id)).select(['user_name', 'email']).executeTakeFirst()
  return row ? [row.user_name, row.email].filter(name => name !== null) : []
}

export type AccountState = { userName: string | null; email: string | null; secondFactor: boolean; thaid: boolean }

export async function getAccountState(db: AuthDb, id: PersonId): Promise<AccountState> {
  const user = await db.selectFrom('auth.user').where('id', '=', id).select(['user_name', 'email', 'two_factor_enabled']).executeTakeFirstOrThrow()
  const linked = await db.selectFrom('auth.account').where('user_id', '=', id).where('provider_id', '=', 'thaid').select('id').executeTakeFirst()
  return { userName: user.user_name, email: realEmail(user.email), secondFactor: user.two_factor_enabled === true, thaid: linked !== undefined }
}
