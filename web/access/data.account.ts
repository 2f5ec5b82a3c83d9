import type { ReplyOf } from '../../domain/base/api.ts'
import { accessApi } from '../../domain/access/api.ts'
import { signInApi } from '../../domain/access/api.sign-in.ts'
import { call } from '../base/api.ts'

type Fetch = typeof globalThis.fetch

export async function loadAccount(fetch: Fetch) {
  const [account, ways, sessions, tokens] = await Promise.all([
    call(fetch, signInApi.getAccount), call(fetch, signInApi.listWays), call(fetch, signInApi.listSessions), call(fetch, accessApi.listTokens),
  ])
  return { account, ways, sessions: sessions.items, tokens: tokens.items }
}

export type Account = Awaited<ReturnType<typeof loadAccount>>
/** What is shown once, on the answer to a form. */
export type Once = { second?: ReplyOf<typeof signInApi.startSecondFactor>; codes?: string[]; secret?: string; phone?: ReplyOf<typeof accessApi.makeCollectorKey> }
