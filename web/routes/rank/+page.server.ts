import { loadRank } from '../../figure/data.rank.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, url }) => ({ rank: await loadRank(fetch, url.searchParams) })
