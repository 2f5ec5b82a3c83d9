import { findExplanation } from '../../../access/data.ts'
import { loadPlace } from '../../../profile/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, url, params, parent }) => {
  const { me } = await parent()
  const place = await loadPlace(fetch, params.code, url.searchParams)
  return { place, why: await findExplanation(fetch, me, place.profile.area.code, 'see-internal-figures') }
}
