import { needMe } from '../../../access/data.ts'
import { actOnOne, settleHeld } from '../../../review/acts.ts'
import { loadReview } from '../../../review/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => ({ review: await loadReview(event.fetch, await needMe(event), event.params.id, event.url) })

export const actions: Actions = { act: actOnOne, held: settleHeld }
