import { loadExplore } from '../../explore/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, url, parent }) => {
  const { me } = await parent()
  return { page: await loadExplore(fetch, me, url) }
}
