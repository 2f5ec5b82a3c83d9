import { userInfo } from 'node:os'
import type { AreaCode, PersonId } from '../domain/base/ids.ts'
import type { Right } from '../domain/base/right.ts'
import { placesOf } from '../domain/access/can.ts'
import { accessProblems } from '../domain/access/problems.ts'
import { whoGives } from '../domain/access/rules.ts'
import { findByUserName, loadViewer } from '../server/access/read.viewer.ts'
import type { Db } from '../server/db/db.ts'
import { OPERATOR, readAs, type Scope } from '../server/db/scope.ts'
import { scopeOf } from '../server/http/viewer.ts'
import { cliProblems } from './problems.ts'

/** For whom a command acts, and where: under the same policies as the site. */
export type Actor = { scope: Scope; areas: readonly AreaCode[]; by: { name: string; person: PersonId | null } }

/** A person by user name, with their own places and no more; or, without one, the operator of this machine, everywhere. The audit says which. */
export async function actorOf(app: Db, userName: string | undefined, right: Right): Promise<Actor> {
  if (userName === undefined) return { scope: OPERATOR, areas: OPERATOR.areas, by: { name: userInfo().username, person: null } }
  const id = await readAs(app, OPERATOR, tx => findByUserName(tx, userName))
  const viewer = id && await loadViewer(app, id, 'operator', null)
  if (!viewer) throw cliProblems.noSuchPerson({ name: userName })
  const areas = placesOf(viewer, right)
  if (areas.length === 0) throw accessProblems.noRight({ right, ask: whoGives(right) })
  return { scope: scopeOf(viewer, areas), areas, by: { name: viewer.person.name, person: viewer.person.id } }
}
