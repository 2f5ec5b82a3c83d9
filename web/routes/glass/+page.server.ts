import { needMe } from '../../access/data.ts'
import { breakGlass, endGlass } from '../../review/acts.glass.ts'
import { listOwnGlass } from '../../review/data.glass.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  await needMe(event)
  return { items: await listOwnGlass(event.fetch), record: event.url.searchParams.get('record') ?? '' }
}

export const actions: Actions = { open: breakGlass, end: endGlass }
