import { loadDataset } from '../../../dataset/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, url, params }) => ({ page: await loadDataset(fetch, params.id, url) })
