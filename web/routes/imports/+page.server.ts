import { may, needMe } from '../../access/data.ts'
import { importFiles, previewFiles } from '../../import/acts.ts'
import { loadImports } from '../../import/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  const me = await needMe(event)
  return { history: await loadImports(event.fetch, event.url.searchParams), others: may(me, 'import-tables') || may(me, 'import-files') }
}

export const actions: Actions = { preview: previewFiles, make: importFiles }
