import { needMe } from '../../../access/data.ts'
import { loadThrough } from '../../../review/data.glass.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  await needMe(event)
  return { page: await loadThrough(event.fetch, event.params.id) }
}
