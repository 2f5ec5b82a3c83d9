import { accessProblems } from '../../domain/access/problems.ts'
import { signInProblems } from '../../domain/access/problems.sign-in.ts'
import { isWeakPassword } from '../../domain/access/rules.password.ts'
import { findNames, getAccountState } from './accounts.read.ts'
import { ask } from './ask.ts'
import { problemOf, tryFrom, type DoorHandlers } from './call.ts'
import { noteOf } from './noting.ts'
import { endOtherSessions, endSession, listSessions } from './sessions.ts'
import { THAID } from './thaid.ts'

/** What a person does with their own account; each act leaves its line. */
export const accountHandlers: DoorHandlers<'getAccount' | 'changePassword' | 'linkThaid' | 'unlinkThaid' | 'listSessions' | 'endSession' | 'endOtherSessions'> = {
  getAccount: ({ door, me }) => getAccountState(door.database.auth, me.person),

  changePassword: async call => {
    const { door, me, body } = call
    if (isWeakPassword(body.password, await findNames(door.database.auth, me.person))) throw signInProblems.weakPassword({})
    const attempt = await tryFrom(call, `me ${me.person}`)
    const answer = await ask(call, '/change-password', { currentPassword: body.current, newPassword: body.password, revokeOtherSessions: true })
    if (!answer.ok) throw problemOf(answer)
    await attempt.succeed()
    await noteOf(door.database.app, { action: 'password.change', actor: me.person, about: me.person })
    return { done: true }
  },

  linkThaid: async call => {
    if (!call.door.ways.thaid) throw signInProblems.noThaid({})
    const { next } = call.body
    const { json } = await ask(call, '/link-social', { provider: THAID, callbackURL: next, errorCallbackURL: next, disableRedirect: true })
    return { url: String(json['url']) }
  },

  unlinkThaid: async ({ door, me }) => {
    await door.database.auth.deleteFrom('auth.account').where('user_id', '=', me.person).where('provider_id', '=', THAID).execute()
    await noteOf(door.database.app, { action: 'thaid.unlink', actor: me.person, about: me.person })
    return { done: true }
  },

  listSessions: async ({ door, me }) => ({ items: await listSessions(door.database.auth, me) }),

  endSession: async ({ door, me, params }) => {
    if (!await endSession(door.database.auth, me, params.id)) throw accessProblems.notThere({})
    await noteOf(door.database.app, { action: 'session.end', actor: me.person, about: me.person, target: params.id })
    return { done: true }
  },

  endOtherSessions: async ({ door, me }) => {
    await endOtherSessions(door.database.auth, me)
    await noteOf(door.database.app, { action: 'session.end', actor: me.person, about: me.person, reason: 'all others' })
    return { done: true }
  },
}
