import { needMe } from '../../../access/data.ts'
import { keepRound } from '../../../board/acts.ts'
import { loadRounds } from '../../../board/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => ({ page: await loadRounds(event.fetch, await needMe(event), event.url), done: event.url.searchParams.get('done') })

export const actions: Actions = { keep: keepRound }
