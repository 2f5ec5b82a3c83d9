import { needMe } from '../../../../access/data.ts'
import { loadRecords } from '../../../../record/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  const me = await needMe(event)
  return { me, records: await loadRecords(event.fetch, me, event.params.id, event.url) }
}
