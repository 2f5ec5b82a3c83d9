import type { BodyOf, ParamsOf, ReplyOf, Route } from '../../domain/base/api.ts'
import type { AreaCode, PersonId } from '../../domain/base/ids.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import type { signInApi } from '../../domain/access/api.sign-in.ts'
import { signInProblems } from '../../domain/access/problems.sign-in.ts'
import type { Writer } from '../db/db.ts'
import { askerAddress } from '../http/asker.ts'
import type { Answer, Asking } from './ask.ts'
import { beginAttempt, networkOf, type Attempt } from './attempts.ts'
import type { SignedIn } from './sessions.ts'

/** What the door needs of invitations; a room that stands above it has them. */
export type Invites = {
  /** The home place that it gives to a new person, kept from everyone else until the transaction ends; one that does not hold is a problem. */
  hold(tx: Writer, secret: string): Promise<AreaCode>
  accept(tx: Writer, person: { id: PersonId }, secret: string): Promise<unknown>
}

/** A call at the door. `me` is sure where the route says `who`. */
export type DoorCall<R extends Route> = Asking & {
  body: BodyOf<R>; params: ParamsOf<R>; me: R extends { who: string } ? SignedIn : SignedIn | null; invites: Invites
}
export type DoorHandlers<Names extends keyof typeof signInApi> = {
  [Name in Names]: (call: DoorCall<(typeof signInApi)[Name]>) => Promise<ReplyOf<(typeof signInApi)[Name]>>
}

/** Counts a try of this address, and of an account when one is named. */
export function tryFrom({ door, request }: Asking, account?: string): Promise<Attempt> {
  const address = { kind: 'address', what: networkOf(askerAddress(request)) } as const
  return beginAttempt(door.database.auth, door.database.keys.session, account === undefined ? [address] : [address, { kind: 'account', what: account }])
}

/** What the words of better-auth mean to a person. */
export function problemOf({ code }: Answer): Error {
  switch (code) {
    case 'INVALID_CODE': case 'INVALID_BACKUP_CODE': return signInProblems.wrongCode({})
    case 'INVALID_TWO_FACTOR_COOKIE': case 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE': return signInProblems.secondExpired({})
    case 'ACCOUNT_TEMPORARILY_LOCKED': return signInProblems.locked({ waitSeconds: 900 })
    case 'INVALID_TOKEN': case 'USER_NOT_FOUND': return signInProblems.linkExpired({})
    case 'INVALID_PASSWORD': return signInProblems.wrongPassword({})
    case 'TOTP_ALREADY_ENABLED': case 'TOTP_NOT_ENABLED': case 'TWO_FACTOR_NOT_ENABLED': return signInProblems.secondState({})
    case 'UNAUTHORIZED': return accessProblems.signIn({})
    default: return new Error(`better-auth answered ${code}`)
  }
}
