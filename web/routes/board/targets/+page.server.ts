import { needMe } from '../../../access/data.ts'
import { keepTargets } from '../../../board/acts.ts'
import { loadBoard } from '../../../board/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => ({ page: await loadBoard(event.fetch, await needMe(event), event.url) })

export const actions: Actions = { keep: keepTargets }
