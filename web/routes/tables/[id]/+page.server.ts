import { needMe } from '../../../access/data.ts'
import { importTable, mapAndTry, setShape, undoTable } from '../../../table/acts.ts'
import { loadTable } from '../../../table/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  await needMe(event)
  return { page: await loadTable(event.fetch, event.params.id), done: event.url.searchParams.get('done') }
}

export const actions: Actions = { shape: setShape, map: mapAndTry, import: importTable, undo: undoTable }
