import { signInProblems } from '../../domain/access/problems.sign-in.ts'
import { getAccountState } from './accounts.read.ts'
import { ask, type Answer, type Asking } from './ask.ts'
import { problemOf, tryFrom, type DoorHandlers } from './call.ts'
import { noteOf } from './noting.ts'
import { relabel } from './second.ts'
import type { SignedIn } from './sessions.ts'

type Call = Asking & { me: SignedIn }

/** The second factor: begun and ended only with the password, however one came in. */
export const secondFactorHandlers: DoorHandlers<'startSecondFactor' | 'confirmSecondFactor' | 'makeRecoveryCodes' | 'endSecondFactor'> = {
  startSecondFactor: async call => {
    const { json } = await askWithPassword(call, '/two-factor/enable', call.body.password)
    const { userName, email } = await getAccountState(call.door.database.auth, call.me.person)
    return { uri: relabel(String(json['totpURI']), userName ?? email ?? 'Rakkaeo'), codes: json['backupCodes'] as string[] }
  },

  confirmSecondFactor: async call => {
    if ((await getAccountState(call.door.database.auth, call.me.person)).secondFactor) throw signInProblems.secondState({})
    const attempt = await tryFrom(call)
    const answer = await ask(call, '/two-factor/verify-totp', { code: call.body.code })
    if (!answer.ok) throw problemOf(answer)
    await attempt.succeed()
    await noteAct(call, 'second-factor.on')
    return { done: true }
  },

  makeRecoveryCodes: async call => {
    const { json } = await askWithPassword(call, '/two-factor/generate-backup-codes', call.body.password)
    await noteAct(call, 'second-factor.codes')
    return { codes: json['backupCodes'] as string[] }
  },

  endSecondFactor: async call => {
    await askWithPassword(call, '/two-factor/disable', call.body.password)
    await noteAct(call, 'second-factor.off')
    return { done: true }
  },
}

async function askWithPassword(call: Call, path: string, password: string): Promise<Answer> {
  const attempt = await tryFrom(call, `me ${call.me.person}`)
  const answer = await ask(call, path, { password })
  if (!answer.ok) throw problemOf(answer)
  await attempt.succeed()
  return answer
}

function noteAct({ door, me }: Call, action: 'second-factor.on' | 'second-factor.off' | 'second-factor.codes'): Promise<void> {
  return noteOf(door.database.app, { action, actor: me.person, about: me.person })
}
