import { needMe } from '../../../../access/data.ts'
import { loadLadder, setLadder } from '../../../../review/data.ladder.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  await needMe(event)
  return { page: await loadLadder(event.fetch, event.params.id, event.url), done: event.url.searchParams.get('done') }
}

export const actions: Actions = { set: setLadder }
