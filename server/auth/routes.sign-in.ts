import { randomUUID } from 'node:crypto'
import { PersonId } from '../../domain/base/ids.ts'
import { signInProblems } from '../../domain/access/problems.sign-in.ts'
import { isWeakPassword } from '../../domain/access/rules.password.ts'
import { note } from '../db/note.ts'
import { inPlaces, writeAs } from '../db/scope.ts'
import { findAccountId, NO_MAIL } from './accounts.read.ts'
import { makeAccount } from './accounts.ts'
import { ask, type Asking } from './ask.ts'
import { isCodeUsed, type Attempt } from './attempts.ts'
import { problemOf, tryFrom, type DoorHandlers } from './call.ts'
import { noteOf } from './noting.ts'
import { findChallenged } from './second.ts'
import { THAID } from './thaid.ts'

/** How a person comes in. Whether a name is unknown or its password wrong, the answer and its time are the same. */
export const signInHandlers: DoorHandlers<'listWays' | 'signIn' | 'signInSecond' | 'signInThaid' | 'signUp' | 'signOut' | 'askReset' | 'reset'> = {
  listWays: async ({ door }) => door.ways,

  signIn: async call => {
    const name = call.body.name.toLowerCase()
    const attempt = await tryFrom(call, name)
    const byMail = name.includes('@')
    const answer = await ask(call, byMail ? '/sign-in/email' : '/sign-in/username', { [byMail ? 'email' : 'username']: name, password: call.body.password })
    if (!answer.ok) return refuse(call, await findAccountId(call.door.database.auth, name), attempt, 'password', signInProblems.wrong({}))
    await attempt.succeed()
    if (answer.json['twoFactorRedirect'] === true) return { secondFactor: true }
    await letIn(call, answer.json, 'password')
    return { secondFactor: false }
  },

  signInSecond: async call => {
    const { kind, code } = call.body
    const about = await findChallenged(call.door, call.request.headers.cookie)
    const attempt = await tryFrom(call)
    const { database: { auth, keys } } = call.door
    if (kind === 'app' && about && await isCodeUsed(auth, keys.session, about, code)) return refuse(call, about, attempt, 'second-factor', signInProblems.wrongCode({}))
    const answer = await ask(call, kind === 'app' ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code', { code })
    if (!answer.ok) return refuse(call, about, attempt, kind === 'app' ? 'second-factor' : 'recovery-code', problemOf(answer))
    await attempt.succeed()
    await letIn(call, answer.json, kind === 'app' ? 'second-factor' : 'recovery-code')
    return { done: true }
  },

  signInThaid: async call => {
    if (!call.door.ways.thaid) throw signInProblems.noThaid({})
    const page = call.body.next.startsWith('/en') ? '/en/sign-in' : '/sign-in'
    const { json } = await ask(call, '/sign-in/social', { provider: THAID, callbackURL: call.body.next, errorCallbackURL: page, disableRedirect: true })
    return { url: String(json['url']) }
  },

  signUp: async call => {
    const { invite, name, userName, email = null, password } = call.body
    const attempt = await tryFrom(call)
    const id = PersonId.parse(randomUUID())
    await writeAs(call.door.database.app, { person: id, kind: 'person', areas: [] }, async tx => {
      const area = await call.invites.hold(tx, invite)
      await inPlaces(tx, [area], async () => {
        await makeAccount(call.door, tx, { id, area, name, userName, email, password })
        await note(tx, { action: 'account.make', area, target: id, about: id })
      })
      await call.invites.accept(tx, { id }, invite)
    })
    await attempt.succeed()
    await letIn(call, (await ask(call, '/sign-in/username', { username: userName, password })).json, 'invitation')
    return { person: id }
  },

  signOut: async call => {
    await ask(call, '/sign-out', {})
    if (call.me) await noteOf(call.door.database.app, { action: 'sign-in.end', actor: call.me.person, about: call.me.person })
    return { done: true }
  },

  askReset: async call => {
    if (!call.door.ways.mail) throw signInProblems.noMail({})
    const email = call.body.email.toLowerCase()
    await tryFrom(call, `reset ${email}`)
    if (!email.endsWith(NO_MAIL)) await ask(call, '/request-password-reset', { email })
    await noteOf(call.door.database.app, { action: 'password.reset-ask', about: await findAccountId(call.door.database.auth, email) })
    return { done: true }
  },

  reset: async call => {
    const { token, password } = call.body
    if (isWeakPassword(password, [])) throw signInProblems.weakPassword({})
    const attempt = await tryFrom(call)
    const answer = await ask(call, '/reset-password', { token, newPassword: password })
    if (!answer.ok) return refuse(call, null, attempt, 'expired-link', problemOf(answer), 'password.reset-fail')
    await attempt.succeed()
    return { done: true }
  },
}

async function letIn({ door }: Asking, json: Record<string, unknown>, reason: string): Promise<void> {
  const { id } = json['user'] as { id: string }
  await noteOf(door.database.app, { action: 'sign-in.ok', actor: id, about: id, reason })
}

/** A try that failed is told to the audit, and so is the one that closes the door for a while. */
async function refuse({ door }: Asking, about: PersonId | null, attempt: Attempt, reason: string, problem: Error, action: 'sign-in.fail' | 'password.reset-fail' = 'sign-in.fail'): Promise<never> {
  await noteOf(door.database.app, { action, about, reason })
  if (attempt.lastFree) await noteOf(door.database.app, { action: 'sign-in.lock', about, reason })
  throw problem
}
