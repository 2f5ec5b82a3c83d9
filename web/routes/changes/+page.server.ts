import { needMe } from '../../access/data.ts'
import { loadChanges } from '../../change/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async event => ({ page: await loadChanges(event.fetch, await needMe(event), event.url) })
