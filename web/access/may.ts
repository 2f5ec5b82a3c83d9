import type { accessApi } from '../../domain/access/api.ts'
import { isWithin } from '../../domain/area/rules.ts'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Right } from '../../domain/base/right.ts'

/** Apart from the asking, whose routes bring the schemas of the whole site: the frame of every page reads this. */
export type Me = ReplyOf<typeof accessApi.getMe>

/** Where I hold a right. */
export function placesOf(me: Me | null, right: Right): AreaCode[] {
  return me?.rights.find(each => each.right === right)?.areas ?? []
}

export function may(me: Me | null, right: Right, area?: AreaCode): boolean {
  const places = placesOf(me, right)
  return area === undefined ? places.length > 0 : places.some(place => isWithin(area, place))
}
