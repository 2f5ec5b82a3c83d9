import { needMe } from '../../../../access/data.ts'
import { loadEverything } from '../../../../package/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async event => ({ everything: await loadEverything(event.fetch, await needMe(event), event.params.code, event.url.searchParams) })
