import { needMe } from '../../access/data.ts'
import { actOnMany, undoMany } from '../../review/acts.ts'
import { loadQueue } from '../../review/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => ({ queue: await loadQueue(event.fetch, await needMe(event), event.url) })

export const actions: Actions = { act: actOnMany, undo: undoMany }
