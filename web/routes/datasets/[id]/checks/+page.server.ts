import { changeLimits, publishCheck, switchCheck, tryCheck } from '../../../../check/acts.ts'
import { loadChecks } from '../../../../check/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, url, params, parent }) => ({ page: await loadChecks(fetch, (await parent()).me, params.id, url) })

export const actions: Actions = { try: tryCheck, publish: publishCheck, switch: switchCheck, limits: changeLimits }
