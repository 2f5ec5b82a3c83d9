import type { AreaCode } from '../base/ids.ts'
import { isWithin } from '../area/rules.ts'
import type { Viewer } from '../access/access.ts'
import { placesOf } from '../access/can.ts'

/** Where a board may name the people who collect, and the teams that they are of: where one sees records and looks after people. */
export function placesOfCollectors(viewer: Viewer, areas: readonly AreaCode[]): AreaCode[] {
  return placesOf(viewer, 'manage-people').flatMap(place => areas.flatMap(area => isWithin(area, place) ? [area] : isWithin(place, area) ? [place] : []))
}
