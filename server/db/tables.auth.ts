import type { Generated } from 'kysely'
import type { AreaCode, DatasetId, PersonId, TokenId } from '../../domain/base/ids.ts'

/** A key for programs; the application may see and change those of the person it speaks for. */
export type TokenTable = {
  id: TokenId; person_id: PersonId; name: string; hash: Buffer; areas: AreaCode[]
  kind: Generated<'program' | 'collector'>; datasets: Generated<DatasetId[] | null>
  created_at: Generated<Date>; expires_at: Date; last_used_at: Date | null; revoked_at: Date | null
}
type UserTable = {
  id: PersonId; name: string; email: string; email_verified: boolean; image: string | null; created_at: Generated<Date>; updated_at: Generated<Date>
  user_name: string | null; two_factor_enabled: boolean
}
type SessionTable = { id: string; user_id: PersonId; token: string; expires_at: Date; created_at: Generated<Date>; updated_at: Date; ip_address: string | null; user_agent: string | null }
type AccountTable = { id: Generated<string>; user_id: PersonId; provider_id: string; account_id: string; password: string | null; created_at: Generated<Date>; updated_at: Generated<Date> }
/** `key` is a keyed hash of the name or the address that was tried. */
type AttemptTable = { key: string; failures: number; last_at: Date; locked_until: Date | null }

/** What server/auth reads and writes itself; the other columns are better-auth's own. */
export interface AuthTables {
  'auth.user': UserTable
  'auth.session': SessionTable
  'auth.account': AccountTable
  'auth.token': TokenTable
  'auth.attempt': AttemptTable
}
