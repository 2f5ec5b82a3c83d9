import type { AreaCode } from '../base/ids.ts'
import type { Right } from '../base/right.ts'
import { isWithin, outermost } from '../area/rules.ts'
import type { Grant, Role, Sensitivity, Viewer } from './access.ts'

/** `own`: what they wrote themselves; `with-purpose`: after saying what for. */
export type Clearance = 'yes' | 'own' | 'with-purpose' | 'no'

/** The one table of who may see and do what. Replies, the explainer and the leak matrix are made from it. */
export const ROLES: Record<Role, { clearance: Record<Sensitivity, Clearance>; rights: readonly Right[]; gives: readonly Role[] }> = {
  collector: {
    clearance: { open: 'yes', internal: 'yes', personal: 'own', sensitive: 'own' }, rights: ['collect', 'see-records'], gives: [],
  },
  'tambon-integrator': {
    clearance: { open: 'yes', internal: 'yes', personal: 'yes', sensitive: 'yes' },
    rights: ['see-internal-figures', 'manage-people', 'read-audit', 'collect', 'see-records', 'define-datasets', 'review-records', 'import-tables', 'erase-persons'], gives: ['collector'],
  },
  'provincial-integrator': {
    clearance: { open: 'yes', internal: 'yes', personal: 'with-purpose', sensitive: 'no' },
    rights: ['see-internal-figures', 'manage-people', 'read-audit', 'see-records', 'define-datasets', 'review-records', 'verify-records', 'run-rounds', 'break-glass', 'import-tables', 'erase-persons'], gives: ['collector', 'tambon-integrator', 'analyst'],
  },
  'national-integrator': {
    clearance: { open: 'yes', internal: 'yes', personal: 'no', sensitive: 'no' },
    rights: ['see-internal-figures', 'manage-people', 'read-audit', 'see-records', 'run-rounds', 'break-glass', 'import-tables', 'change-places'], gives: ['collector', 'tambon-integrator', 'provincial-integrator', 'analyst'],
  },
  analyst: {
    clearance: { open: 'yes', internal: 'yes', personal: 'no', sensitive: 'no' }, rights: ['see-internal-figures', 'see-records'], gives: [],
  },
  auditor: {
    clearance: { open: 'yes', internal: 'no', personal: 'no', sensitive: 'no' }, rights: ['read-audit'], gives: [],
  },
  administrator: {
    clearance: { open: 'yes', internal: 'no', personal: 'no', sensitive: 'no' }, rights: ['manage-people', 'import-files', 'define-datasets', 'change-places'],
    gives: ['collector', 'tambon-integrator', 'provincial-integrator', 'national-integrator', 'analyst', 'auditor', 'administrator'],
  },
}

/** The places where the person holds the right now: what the database is told to show. */
export function placesOf(viewer: Viewer, right: Right): AreaCode[] {
  const granted = viewer.grants.filter(grant => ROLES[grant.role].rights.includes(right)).map(grant => grant.area)
  return outermost(viewer.onlyAreas === null ? granted : overlap(granted, viewer.onlyAreas))
}

export function can(viewer: Viewer, right: Right, area: AreaCode): boolean {
  return placesOf(viewer, right).some(place => isWithin(area, place))
}

/**
 * Where a reply may hold fields of this sensitivity. A purpose that was said opens what is open only with one; what is open only to
 * who wrote it down is not here, since it goes by the record.
 */
export function clearedPlaces(viewer: Viewer, sensitivity: Sensitivity, purpose: string | null): AreaCode[] {
  const enough: Clearance[] = purpose === null ? ['yes'] : ['yes', 'with-purpose']
  return placesWhere(viewer, role => enough.includes(ROLES[role].clearance[sensitivity]))
}

/** Where records of persons and households are seen at all: by those who may, for some purpose, know of a person. Others see figures of them. */
export function placesOfPersons(viewer: Viewer): AreaCode[] {
  return placesWhere(viewer, role => ['yes', 'with-purpose'].includes(ROLES[role].clearance.personal))
}

function placesWhere(viewer: Viewer, isSo: (role: Role) => boolean): AreaCode[] {
  return placesOf({ ...viewer, grants: viewer.grants.filter(grant => isSo(grant.role)) }, 'see-records')
}

/** Does the grant hold on this day? */
export function holds(grant: Pick<Grant, 'from' | 'until'>, day: string): boolean {
  return grant.from <= day && (grant.until === null || day < grant.until)
}

/** Whether `giver` may give the role there for that time: a grant never exceeds the giver's own, in role, place or time. */
export function canGive(giver: Viewer, wanted: Pick<Grant, 'role' | 'area' | 'from' | 'until'>): boolean {
  if (!can(giver, 'manage-people', wanted.area)) return false
  return giver.grants.some(own => ROLES[own.role].gives.includes(wanted.role) && isWithin(wanted.area, own.area)
    && (own.until === null || (wanted.until !== null && wanted.until <= own.until)))
}

function overlap(these: readonly AreaCode[], those: readonly AreaCode[]): AreaCode[] {
  return these.flatMap(one => those.flatMap(other => isWithin(one, other) ? [one] : isWithin(other, one) ? [other] : []))
}
