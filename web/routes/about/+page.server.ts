import { loadIndicators } from '../../indicator/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch }) => ({ sources: (await loadIndicators(fetch)).sources })
