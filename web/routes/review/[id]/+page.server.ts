import { needMe } from '../../../access/data.ts'
import { setAside } from '../../../check/acts.ts'
import { findFlags } from '../../../check/data.ts'
import { actOnOne, settleHeld } from '../../../review/acts.ts'
import { loadReview } from '../../../review/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  const me = await needMe(event)
  const [review, flags] = await Promise.all([loadReview(event.fetch, me, event.params.id, event.url), findFlags(event.fetch, event.params.id)])
  return { review, flags }
}

export const actions: Actions = { act: actOnOne, held: settleHeld, aside: setAside }
