import { PersonId, type AreaCode, type GrantId } from '../../domain/base/ids.ts'
import { Sensitivity, type Viewer } from '../../domain/access/access.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { narrow } from '../db/place.ts'
import { isCleared, type Looking } from '../record/read.answers.ts'

/** Whoever may see every field gets all that there is, as it came; anyone else what they see. */
export function isWhole(looking: Looking): boolean {
  return Sensitivity.options.every(kind => isCleared(looking, kind))
}

/** The operator of the machine reads as the integrator of the place would: to them, nothing in it is withheld. */
export function operatorIn(area: AreaCode): Viewer {
  const person = { id: PersonId.parse('00000000-0000-0000-0000-000000000000'), name: '', userName: null, email: null, demo: false }
  return { person, grants: [{ id: person.id as string as GrantId, person: person.id, role: 'tambon-integrator', area, from: '2000-01-01', until: null, givenBy: null }], via: 'operator', onlyAreas: null }
}

/** All of a place for who looks after all of it; any other place is answered as one that is not there. */
export function lookingIn(viewer: Viewer, areas: readonly AreaCode[], code: AreaCode, purpose: string | undefined): Looking {
  if (narrow(areas, code)[0] !== code) throw accessProblems.notThere({})
  return { viewer, areas: [code], purpose: purpose ?? null }
}
