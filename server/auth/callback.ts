import type { FastifyReply } from 'fastify'
import type { Problem } from '../../domain/base/problem.ts'
import { signInProblems } from '../../domain/access/problems.sign-in.ts'
import { ask, type Asking } from './ask.ts'
import { noteOf } from './noting.ts'
import { findSignedIn } from './sessions.ts'

/** The browser comes back from ThaID: signed in, linked, or with a sentence why not. */
export async function callbackOf(asking: Asking): Promise<FastifyReply> {
  const { door, request, reply } = asking
  const before = await findSignedIn(door, request.headers.cookie)
  const { location, cookies } = await ask(asking, `/callback/thaid${new URL(request.url, door.baseUrl).search}`)
  const target = new URL(location ?? '/sign-in', door.baseUrl)
  const error = target.searchParams.get('error')
  if (error) {
    await noteOf(door.database.app, { action: 'sign-in.fail', actor: before?.person ?? null, about: before?.person ?? null, reason: `thaid ${error}`.slice(0, 100) })
    return reply.header('cache-control', 'no-store').redirect(`${target.pathname}?problem=${encodeURIComponent(thaidProblem(error).code)}`)
  }
  const after = await findSignedIn(door, cookies.map(cookie => cookie.split(';')[0]).join('; '))
  const who = after ?? before
  if (who) await noteOf(door.database.app, { action: after ? 'sign-in.ok' : 'thaid.link', actor: who.person, about: who.person, reason: 'thaid' })
  return reply.header('cache-control', 'no-store').redirect(target.pathname + target.search)
}

/** What better-auth says of a provider's answer, as the person should hear it. */
function thaidProblem(error: string): Problem {
  switch (error) {
    case 'invalid_code': case 'temporarily_unavailable': case 'server_error': case 'internal_server_error': return signInProblems.thaidDown({})
    case 'signup_disabled': case 'account_not_linked': return signInProblems.thaidUnlinked({})
    case 'account_already_linked_to_different_user': return signInProblems.thaidTaken({})
    case 'access_denied': case 'state_mismatch': case 'state_not_found': case 'state_invalid': case 'no_code': return signInProblems.thaidStopped({})
    default: return signInProblems.thaidFailed({})
  }
}
