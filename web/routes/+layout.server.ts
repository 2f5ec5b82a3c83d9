import { findMe } from '../access/data.ts'
import { isSignedIn } from '../base/signed.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = async ({ fetch, request }) => ({ me: isSignedIn(request) ? await findMe(fetch) : null })
