import type { AreaCode } from '../base/ids.ts'
import type { Viewer } from '../access/access.ts'
import { placesOf, ROLES } from '../access/can.ts'
import type { DatasetUnit } from '../dataset/dataset.ts'

/** What a row is of: a thing, a person, a household, or numbers of a place. */
export type TableUnit = DatasetUnit | 'figures'

/** Where rows of a table may become records: of persons and households only through a role that may, for some purpose, know of a person. Figures go in as other files of numbers do. */
export function placesToImport(viewer: Viewer, unit: TableUnit): AreaCode[] {
  if (unit === 'figures') return placesOf(viewer, 'import-files')
  const knows = ({ role }: Viewer['grants'][number]) => ['yes', 'with-purpose'].includes(ROLES[role].clearance.personal)
  return placesOf(unit === 'person' || unit === 'household' ? { ...viewer, grants: viewer.grants.filter(knows) } : viewer, 'import-tables')
}
