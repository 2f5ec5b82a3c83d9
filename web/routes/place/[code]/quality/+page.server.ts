import { error } from '@sveltejs/kit'
import { areaApi } from '../../../../../domain/area/api.ts'
import { AreaCode } from '../../../../../domain/base/ids.ts'
import { call } from '../../../../base/api.ts'
import { loadQuality } from '../../../../check/data.ts'
import { m } from '../../../../paraglide/messages.js'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, params }) => {
  const code = AreaCode.safeParse(params.code).data
  if (!code) error(404, m.fault_missing_say())
  const [area, { items }] = await Promise.all([call(fetch, areaApi.getArea, { params: { code } }), loadQuality(fetch, code)])
  return { area, items }
}
