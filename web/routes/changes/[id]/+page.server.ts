import { needMe } from '../../../access/data.ts'
import { undoPlan } from '../../../change/acts.ts'
import { loadChange } from '../../../change/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  await needMe(event)
  return { page: await loadChange(event.fetch, event.params.id), done: event.url.searchParams.get('done') }
}

export const actions: Actions = { undo: undoPlan }
