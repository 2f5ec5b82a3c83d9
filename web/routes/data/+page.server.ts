import { loadCatalogue } from '../../indicator/data.catalogue.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, url }) => ({ catalogue: await loadCatalogue(fetch, url.searchParams) })
