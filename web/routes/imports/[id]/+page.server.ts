import { needMe } from '../../../access/data.ts'
import { undoImport } from '../../../import/acts.ts'
import { loadImport } from '../../../import/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  await needMe(event)
  return { kept: await loadImport(event.fetch, event.params.id), done: event.url.searchParams.get('done') }
}

export const actions: Actions = { undo: undoImport }
