import { NextPath, signInApi } from '../../domain/access/api.sign-in.ts'
import { findSignInProblem } from '../../domain/access/problems.sign-in.ts'
import { call } from '../base/api.ts'
import { lang, link } from '../base/link.ts'

type Fetch = typeof globalThis.fetch

export async function loadSignIn(fetch: Fetch, query: URLSearchParams) {
  const step = query.get('step')
  return {
    ways: await call(fetch, signInApi.listWays), next: nextOf(query.get('next')), done: query.get('done'),
    step: step === 'second' || step === 'recovery' ? 'second' as const : 'password' as const, recovery: step === 'recovery',
    problem: findSignInProblem(query.get('problem') ?? '')?.[lang()] ?? '',
  }
}

/** Where to go on after the door: a page of this site, never another host. */
export function nextOf(asked: string | null): string {
  const parsed = NextPath.safeParse(asked)
  return parsed.success ? parsed.data : link('/desk')
}

export type SignIn = Awaited<ReturnType<typeof loadSignIn>>
