import { error } from '@sveltejs/kit'
import { AreaCode } from '../../../../../domain/base/ids.ts'
import { Side } from '../../../../../domain/record/api.seen.ts'
import { m } from '../../../../paraglide/messages.js'
import { loadSide } from '../../../../profile/data.side.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, params, parent }) => {
  const side = Side.safeParse(params.side).data, code = AreaCode.safeParse(params.code).data
  if (!side || !code) error(404, m.fault_missing_say())
  const { me } = await parent()
  return { me, page: await loadSide(fetch, me, code, side) }
}
