import { needMe } from '../../../access/data.ts'
import { carryOut, previewPlan } from '../../../change/acts.ts'
import { loadNew } from '../../../change/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => ({ page: await loadNew(event.fetch, await needMe(event), event.url) })

export const actions: Actions = { preview: previewPlan, do: carryOut }
