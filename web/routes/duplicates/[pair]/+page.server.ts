import { needMe } from '../../../access/data.ts'
import { judgePair, mergePair } from '../../../duplicate/acts.ts'
import { loadPair } from '../../../duplicate/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  await needMe(event)
  return { pair: await loadPair(event.fetch, event.params.pair, event.url) }
}

export const actions: Actions = { merge: mergePair, judge: judgePair }
