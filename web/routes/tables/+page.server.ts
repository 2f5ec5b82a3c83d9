import { needMe } from '../../access/data.ts'
import { giveTable } from '../../table/acts.ts'
import { loadTables } from '../../table/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => ({ tables: await loadTables(event.fetch, await needMe(event), event.url) })

export const actions: Actions = { give: giveTable }
