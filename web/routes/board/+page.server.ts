import { needMe } from '../../access/data.ts'
import { loadBoard } from '../../board/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async event => ({ page: await loadBoard(event.fetch, await needMe(event), event.url) })
