import type { AreaCode, PersonId } from '../base/ids.ts'
import { isWithin } from '../area/rules.ts'
import type { Viewer } from '../access/access.ts'
import { can, placesOfPersons } from '../access/can.ts'
import type { DatasetUnit } from '../dataset/dataset.ts'

/** Whether somebody's visit may be laid over what stands there: where they collect, and of persons and households what they may see. */
export function canUpdate(viewer: Viewer, { area, madeBy, unit }: { area: AreaCode; madeBy: PersonId; unit: DatasetUnit }): boolean {
  const isOfPersons = unit === 'person' || unit === 'household'
  return can(viewer, 'collect', area) && (!isOfPersons || madeBy === viewer.person.id || placesOfPersons(viewer).some(place => isWithin(area, place)))
}
