import { createHmac } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PersonId } from '../../domain/base/ids.ts'
import { signInProblems } from '../../domain/access/problems.sign-in.ts'
import { submissionProblems } from '../../domain/record/problems.ts'
import { isEncrypted } from '../http/asker.ts'
import { findAccountId } from './accounts.read.ts'
import { tryFrom } from './call.ts'
import type { Door } from './door.ts'

const HOLDS_MS = 60_000, MOST_KEPT = 10_000
const CHALLENGE = 'Basic realm="Rakkaeo", charset="UTF-8"'

export type CheckPassword = (request: FastifyRequest, reply: FastifyReply) => Promise<PersonId>

/**
 * User name and password with each request (RFC 7617), as telephones send them once they were challenged; over https alone, and with the
 * same waits after wrong tries as at the door. A password is slow to check on purpose: one that was right is remembered for a minute, as a keyed hash.
 */
export function makeCheckPassword(door: Door): CheckPassword {
  const known = new Map<string, { person: PersonId; until: number }>()
  return async (request, reply) => {
    const given = credentialsOf(request.headers.authorization)
    if (!given) { reply.header('www-authenticate', CHALLENGE); throw submissionProblems.needsPassword({}) }
    if (!isEncrypted(request) && !door.baseUrl.startsWith('https:')) throw submissionProblems.needsTls({})
    const key = createHmac('sha256', door.database.keys.session).update(`basic ${given.name}\0${given.password}`).digest('base64url')
    const held = known.get(key)
    if (held && held.until > Date.now()) return held.person
    const person = await check(door, request, reply, given)
    if (known.size >= MOST_KEPT) known.clear()
    known.set(key, { person, until: Date.now() + HOLDS_MS })
    return person
  }
}

async function check(door: Door, request: FastifyRequest, reply: FastifyReply, { name, password }: { name: string; password: string }): Promise<PersonId> {
  const attempt = await tryFrom({ door, request, reply }, name.toLowerCase())
  const { auth } = door.database, { password: hashing } = await door.auth.$context
  const id = await findAccountId(auth, name)
  const account = id && await auth.selectFrom('auth.account').where('user_id', '=', id).where('provider_id', '=', 'credential').select('password').executeTakeFirst()
  // who is not known is given the same work, so that the time of the answer tells nothing
  const isRight = account?.password ? await hashing.verify({ hash: account.password, password }) : (await hashing.hash(password), false)
  if (!id || !isRight) { reply.header('www-authenticate', CHALLENGE); throw signInProblems.wrong({}) }
  await attempt.succeed()
  const user = await auth.selectFrom('auth.user').where('id', '=', id).select('two_factor_enabled').executeTakeFirstOrThrow()
  if (user.two_factor_enabled) throw submissionProblems.secondFactor({})
  return id
}

/** @example credentialsOf('Basic bWFsaTpyYWk=') // => { name: 'mali', password: 'rai' } */
export function credentialsOf(header: string | undefined): { name: string; password: string } | null {
  const text = Buffer.from(/^basic +([A-Za-z0-9+/=]+)\s*$/i.exec(header ?? '')?.[1] ?? '', 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 1 ? null : { name: text.slice(0, colon), password: text.slice(colon + 1) }
}
