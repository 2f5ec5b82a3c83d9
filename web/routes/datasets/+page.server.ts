import { loadDatasets } from '../../dataset/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, url }) => ({ list: await loadDatasets(fetch, url) })
