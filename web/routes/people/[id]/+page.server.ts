import { accessApi } from '../../../../domain/access/api.ts'
import { endGrant, giveGrant, makeResetLink } from '../../../access/acts.people.ts'
import { may, needMe } from '../../../access/data.ts'
import { givable } from '../../../access/data.people.ts'
import { today } from '../../../area/boundaries.ts'
import { call } from '../../../base/api.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  const me = await needMe(event)
  const person = await call(event.fetch, accessApi.getPerson, { params: { id: event.params.id } })
  return { person, roles: givable(me), today: today(), done: event.url.searchParams.get('done'), canAudit: may(me, 'read-audit') }
}

export const actions: Actions = { give: giveGrant, end: endGrant, reset: makeResetLink }
