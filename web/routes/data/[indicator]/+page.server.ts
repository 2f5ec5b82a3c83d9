import { loadNumber } from '../../../figure/data.number.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, url, params }) => ({ number: await loadNumber(fetch, params.indicator, url.searchParams) })
