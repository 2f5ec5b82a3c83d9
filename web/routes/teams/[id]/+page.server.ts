import { needMe } from '../../../access/data.ts'
import { givable } from '../../../access/data.people.ts'
import { changeTeam, endInvite, makeInvite } from '../../../team/acts.ts'
import { loadTeam } from '../../../team/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  const me = await needMe(event)
  const { searchParams } = event.url
  return { team: await loadTeam(event.fetch, event.params.id, searchParams.get('after')), roles: givable(me), done: searchParams.get('done') }
}

export const actions: Actions = { invite: makeInvite, end: endInvite, change: changeTeam }
