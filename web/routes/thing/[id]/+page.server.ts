import { loadThing } from '../../../record/data.thing.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, params, url }) => ({ page: await loadThing(fetch, params.id, url) })
