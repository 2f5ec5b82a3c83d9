import { loadActivities } from '../../../privacy/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch }) => ({ activities: await loadActivities(fetch) })
