import { loadPlace } from '../../../profile/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, url, params }) => ({ place: await loadPlace(fetch, params.code, url.searchParams) })
