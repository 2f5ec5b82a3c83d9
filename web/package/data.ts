import { error } from '@sveltejs/kit'
import { AreaCode } from '../../domain/base/ids.ts'
import { packageApi } from '../../domain/package/api.ts'
import { areaApi } from '../../domain/area/api.ts'
import { may, type Me } from '../access/data.ts'
import { call } from '../base/api.ts'
import { m } from '../paraglide/messages.js'

const LEAST = 5

/** What one file of the place would hold for me; a purpose that is too short to be one is not said. */
export async function loadEverything(fetch: typeof globalThis.fetch, me: Me, code: string, query: URLSearchParams) {
  const area = AreaCode.safeParse(code).data
  if (!area) error(404, m.fault_missing_say())
  if (!may(me, 'review-records', area)) error(403, m.package_not_yours())
  const said = query.get('purpose')?.trim() ?? '', purpose = said.length >= LEAST ? said : undefined
  const [place, contents] = await Promise.all([call(fetch, areaApi.getArea, { params: { code: area } }), call(fetch, packageApi.getPackage, { params: { code: area }, query: { ...purpose && { purpose } } })])
  return { place, contents, purpose }
}

export type Everything = Awaited<ReturnType<typeof loadEverything>>
