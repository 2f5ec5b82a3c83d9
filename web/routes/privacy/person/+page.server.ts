import { redirect } from '@sveltejs/kit'
import { may, needMe } from '../../../access/data.ts'
import { link } from '../../../base/link.ts'
import { findPerson, lookAtPerson } from '../../../privacy/acts.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  if (!may(await needMe(event), 'erase-persons')) redirect(303, link('/privacy/exports'))
  const done = event.url.searchParams.get('done')
  return { erased: done !== null && /^\d{1,4}$/.test(done) ? done : null }
}

export const actions: Actions = { find: findPerson, look: lookAtPerson }
