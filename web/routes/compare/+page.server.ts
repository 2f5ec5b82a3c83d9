import { redirect } from '@sveltejs/kit'
import { link } from '../../base/link.ts'
import { loadCompare } from '../../figure/data.compare.ts'
import type { PageServerLoad } from './$types'

/** A place that was typed and could only be one leads to the address that holds it. */
export const load: PageServerLoad = async ({ fetch, url }) => {
  const compare = await loadCompare(fetch, url.searchParams)
  if (compare.settled) redirect(303, link('/compare', { places: compare.settled.join(',') }))
  return { compare }
}
