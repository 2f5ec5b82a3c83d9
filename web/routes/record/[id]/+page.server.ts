import { needMe } from '../../../access/data.ts'
import { unsealNumber } from '../../../record/acts.ts'
import { loadRecord } from '../../../record/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  const me = await needMe(event)
  return { me, page: await loadRecord(event.fetch, event.params.id, event.url) }
}

export const actions: Actions = { number: unsealNumber }
