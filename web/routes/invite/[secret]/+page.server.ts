import { acceptInvite, joinByInvite, loadInvite } from '../../../team/acts.invite.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, params, url }) => ({ path: url.pathname, ...await loadInvite({ fetch, url }, params.secret) })

export const actions: Actions = { accept: acceptInvite, join: joinByInvite }
