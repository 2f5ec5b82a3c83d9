import { needMe } from '../../access/data.ts'
import { searchPlace, undoMerge } from '../../duplicate/acts.ts'
import { loadPairs } from '../../duplicate/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => ({ pairs: await loadPairs(event.fetch, await needMe(event), event.url) })

export const actions: Actions = { undo: undoMerge, search: searchPlace }
