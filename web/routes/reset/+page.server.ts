import { signInApi } from '../../../domain/access/api.sign-in.ts'
import { askReset, setPassword } from '../../access/acts.reset.ts'
import { call } from '../../base/api.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, url }) => ({ token: url.searchParams.get('token'), ways: await call(fetch, signInApi.listWays) })

/** A form's page keeps the link's secret in its address, so that a refused password can be mended. */
export const actions: Actions = { ask: askReset, set: setPassword }
