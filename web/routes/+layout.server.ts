import { findMe } from '../access/data.ts'
import { isSignedIn } from '../base/signed.ts'
import type { LayoutServerLoad } from './$types'

/** The collector's page is the same for everybody: it is kept on telephones that several people share. */
const FOR_ALL = '/collect'

export const load: LayoutServerLoad = async ({ fetch, request, route }) => ({ me: route.id !== FOR_ALL && isSignedIn(request) ? await findMe(fetch) : null })
