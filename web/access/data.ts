import { redirect } from '@sveltejs/kit'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Right } from '../../domain/base/right.ts'
import { accessApi } from '../../domain/access/api.ts'
import { addressOf } from '../base/api.ts'
import { signInLink } from '../base/act.ts'
import type { Me } from './may.ts'

export { may, placesOf, type Me } from './may.ts'
export type Explained = ReplyOf<typeof accessApi.explain>
type Fetch = typeof globalThis.fetch

/** Who reads the page; null for everyone who is not signed in. */
export async function findMe(fetch: Fetch): Promise<Me | null> {
  const response = await fetch(addressOf(accessApi.getMe))
  return response.ok ? await response.json() as Me : null
}

/** A page for those who are signed in leads everybody else to the door, and back afterwards. */
export async function needMe({ parent, url }: { parent: () => Promise<{ me: Me | null }>; url: URL }): Promise<Me> {
  const { me } = await parent()
  if (!me) redirect(303, signInLink(url))
  return me
}

/** Why I see or do not see something there; null for whoever is not signed in. */
export async function findExplanation(fetch: Fetch, me: Me | null, area: AreaCode, right: Right): Promise<Explained | null> {
  if (!me) return null
  const response = await fetch(addressOf(accessApi.explain, { query: { area, right } }))
  return response.ok ? await response.json() as Explained : null
}
