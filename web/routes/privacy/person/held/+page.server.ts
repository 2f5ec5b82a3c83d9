import { needMe } from '../../../../access/data.ts'
import { erasePerson } from '../../../../privacy/acts.ts'
import { loadHeld } from '../../../../privacy/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  await needMe(event)
  return { held: await loadHeld(event.fetch, event.url) }
}

export const actions: Actions = { erase: erasePerson }
