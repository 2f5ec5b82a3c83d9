import { loadSearch } from '../../area/data.search.ts'
import { findIndicators } from '../../indicator/data.catalogue.ts'
import type { PageServerLoad } from './$types'

/** Places and, on the first page, numbers whose name fits. */
export const load: PageServerLoad = async ({ fetch, url }) => {
  const search = await loadSearch(fetch, url.searchParams)
  return { search, numbers: search.q && !search.level && !search.after ? await findIndicators(fetch, search.q) : [] }
}
