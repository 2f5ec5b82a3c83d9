import { needMe } from '../../access/data.ts'
import { settleDue } from '../../privacy/acts.ts'
import { loadDue } from '../../privacy/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => ({ due: await loadDue(event.fetch, await needMe(event), event.url) })

export const actions: Actions = { settle: settleDue }
