import { needMe } from '../../access/data.ts'
import { revokePhone } from '../../collect/acts.phones.ts'
import { loadPhones, readOutcome } from '../../collect/data.phones.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  const me = await needMe(event), { searchParams } = event.url
  return { phones: await loadPhones(event.fetch, me, searchParams), outcome: readOutcome(searchParams), done: searchParams.get('done') }
}

export const actions: Actions = { revoke: revokePhone }
