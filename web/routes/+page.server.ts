import { loadHome } from '../profile/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, url }) => ({ home: await loadHome(fetch, url.searchParams) })
