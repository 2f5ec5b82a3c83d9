import type { AreaCode, PersonId } from '../base/ids.ts'
import { isWithin } from '../area/rules.ts'
import type { Viewer } from '../access/access.ts'
import { placesOfPersons } from '../access/can.ts'

/** Whether somebody may hand in what a telephone of this person holds, who collects in `areas`: the person, or whoever may know of persons in all of these places. */
export function canHandIn(viewer: Viewer, person: PersonId, areas: readonly AreaCode[]): boolean {
  if (viewer.person.id === person) return true
  const places = placesOfPersons(viewer)
  return areas.length > 0 && areas.every(area => places.some(place => isWithin(area, place)))
}
