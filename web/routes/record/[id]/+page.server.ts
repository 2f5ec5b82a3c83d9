import { needMe } from '../../../access/data.ts'
import { setAside } from '../../../check/acts.ts'
import { findFlags } from '../../../check/data.ts'
import { splitRecord } from '../../../duplicate/acts.ts'
import { findTwins } from '../../../duplicate/data.ts'
import { unsealNumber } from '../../../record/acts.ts'
import { loadRecord } from '../../../record/data.ts'
import { actOnOne, settleHeld } from '../../../review/acts.ts'
import { findStanding } from '../../../review/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  const me = await needMe(event)
  const [page, standing, twins, flags] = await Promise.all([loadRecord(event.fetch, event.params.id, event.url), findStanding(event.fetch, event.params.id), findTwins(event.fetch, event.params.id), findFlags(event.fetch, event.params.id)])
  return { me, page, standing, twins, flags }
}

export const actions: Actions = { number: unsealNumber, act: actOnOne, held: settleHeld, split: splitRecord, aside: setAside }
