import { needMe } from '../../../../access/data.ts'
import { lockRound, openRound } from '../../../../board/acts.ts'
import { loadRound } from '../../../../board/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => ({ page: await loadRound(event.fetch, await needMe(event), event.params.id, event.url) })

export const actions: Actions = { lock: lockRound, open: openRound }
