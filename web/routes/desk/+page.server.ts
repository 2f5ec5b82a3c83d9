import { needMe } from '../../access/data.ts'
import { loadDesk } from '../../profile/data.desk.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  const me = await needMe(event)
  return { me, desk: await loadDesk(event.fetch, me), done: event.url.searchParams.get('done') }
}
