import { randomBytes, randomUUID } from 'node:crypto'
import { AreaCode, PersonId } from '../../domain/base/ids.ts'
import { signInProblems } from '../../domain/access/problems.sign-in.ts'
import { isWeakPassword } from '../../domain/access/rules.password.ts'
import type { Writer } from '../db/db.ts'
import { NO_MAIL } from './accounts.read.ts'
import { resetUrl, type Door } from './door.ts'
import { keepTerms } from './terms.ts'

const ALREADY_THERE = '23505'
export const LINK_SECONDS = 86_400

export type NewAccount = {
  id?: PersonId
  /** The home place. */
  area: AreaCode; name: string; userName: string; email: string | null
  /** Null: nobody signs in until a one-time link was followed. */
  password: string | null
  demo?: boolean
}

/**
 * A person and their account. The person is written by the transaction of the act that makes them; the account by the role that
 * alone sees passwords, just before that act commits. Should the act then fail, what is left is an account of nobody, which opens no door.
 */
export async function makeAccount(door: Door, tx: Writer, { id = PersonId.parse(randomUUID()), area, name, userName, email, password, demo = false }: NewAccount): Promise<PersonId> {
  if (password !== null && isWeakPassword(password, [userName, ...(email ? [email] : [])])) throw signInProblems.weakPassword({})
  const address = email?.toLowerCase() ?? null
  await tx.insertInto('access.person').values({ area_code: area, id, name, user_name: userName, email: address, demo, ended_at: null }).execute()
  await keepTerms(tx, { id, area, name, userName, email: address })
  await keepAccount(door, { id, name, userName, email: address ?? `${id}${NO_MAIL}`, password: password ?? randomBytes(32).toString('base64url') })
  return id
}

async function keepAccount({ auth, database }: Door, { id, name, userName, email, password }: { id: PersonId; name: string; userName: string; email: string; password: string }): Promise<void> {
  const hash = await (await auth.$context).password.hash(password)
  await database.auth.transaction().execute(async tx => {
    const stamp = new Date()
    await tx.insertInto('auth.user').values({ id, name, email, email_verified: false, image: null, updated_at: stamp, user_name: userName, two_factor_enabled: false }).execute()
    await tx.insertInto('auth.account').values({ user_id: id, provider_id: 'credential', account_id: id, password: hash }).execute()
  }).catch(error => { throw error.code === ALREADY_THERE ? signInProblems.nameTaken({}) : error })
}

export type OneTimeLink = { url: string; expiresAt: Date }

/** A link with which the person sets a new password, once, within a day. Its secret is kept as a hash. `page` is where it leads. */
export async function makeOneTimeLink({ auth, baseUrl }: Door, person: PersonId, page: 'reset' | 'first' = 'reset'): Promise<OneTimeLink> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(Date.now() + LINK_SECONDS * 1000)
  await (await auth.$context).internalAdapter.createVerificationValue({ value: person, identifier: `reset-password:${token}`, expiresAt })
  return { url: resetUrl(baseUrl, token).replace('/reset?', `/${page}?`), expiresAt }
}

/** Signs a person out everywhere, as when their account ends. */
export async function endSessions({ auth }: Door, person: PersonId): Promise<void> {
  await (await auth.$context).internalAdapter.deleteUserSessions(person)
}
