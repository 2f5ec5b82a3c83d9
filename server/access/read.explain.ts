import { sql } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Right } from '../../domain/base/right.ts'
import type { Text } from '../../domain/base/text.ts'
import { ancestorsOf, isWithin, NATION } from '../../domain/area/rules.ts'
import type { Role, Viewer } from '../../domain/access/access.ts'
import type { accessApi } from '../../domain/access/api.ts'
import { can, placesOf, ROLES } from '../../domain/access/can.ts'
import { giversOf, whoGives } from '../../domain/access/rules.ts'
import { sayMay, sayMayNot } from '../../domain/access/rules.explain.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { inPlaces } from '../db/scope.ts'
import { TODAY } from '../db/today.ts'
import { namesOf } from './read.ts'

type Explanation = ReplyOf<typeof accessApi.explain>
type Helper = Explanation['ask'][number]

/** Why the viewer may or may not do something in a place: because of which grant, or what is missing and who can help. */
export async function explain(tx: Reader, viewer: Viewer, area: AreaCode, right: Right): Promise<Explanation> {
  const names = await namesOf(tx, [area, ...viewer.grants.map(grant => grant.area)])
  const nameOf = (code: AreaCode): Text => names.get(code) ?? { th: code, en: code }
  const holding = viewer.grants.find(grant => isWithin(area, grant.area) && ROLES[grant.role].rights.includes(right))
  if (can(viewer, right, area) && holding) {
    return { may: true, because: sayMay(right, holding.role, nameOf(holding.area), await giverOf(tx, viewer, holding.id)), ask: [] }
  }
  const elsewhere = placesOf(viewer, right).map(nameOf)
  const here = viewer.grants.filter(grant => isWithin(area, grant.area)).map(grant => ({ role: grant.role, area: nameOf(grant.area) }))
  const because = sayMayNot({ right, area: nameOf(area), here, elsewhere, byToken: holding !== undefined, ask: whoGives(right) })
  return { may: false, because, ask: holding ? [] : await listHelpers(tx, viewer, area, right) }
}

async function giverOf(tx: Reader, { person }: Viewer, id: string): Promise<string | null> {
  const row = await tx.selectFrom('access.grant').where('person_id', '=', person.id).where('id', '=', id as never).select('given_by_name as name').executeTakeFirst()
  return row?.name ?? null
}

/** Each role that can give it there; with a name where the viewer works in the same place, else the role and the place alone. */
async function listHelpers(tx: Reader, viewer: Viewer, area: AreaCode, right: Right): Promise<Helper[]> {
  const helpers = giversOf(right).flatMap(role => placeFor(role, area).map(place => ({ role, area: place, name: null })))
  const own = viewer.grants.map(grant => grant.area).filter(place => viewer.onlyAreas === null || viewer.onlyAreas.some(only => isWithin(place, only)))
  const known = await inPlaces(tx, own, () => listHolders(tx, own, helpers.map(helper => helper.area)))
  return helpers.map(helper => ({ ...helper, name: known.find(one => one.role === helper.role && one.area === helper.area)?.name ?? null }))
}

/** Where somebody of that role would be, for this place. */
function placeFor(role: Role, area: AreaCode): AreaCode[] {
  const length = ROLE_PLACE[role]
  return [area, ...ancestorsOf(area)].filter(place => place.length === length).concat(length === undefined ? [NATION] : [])
}

const ROLE_PLACE: Partial<Record<Role, number>> = { 'tambon-integrator': 8, 'provincial-integrator': 4 }

async function listHolders(tx: Reader, own: readonly AreaCode[], places: readonly AreaCode[]): Promise<{ role: Role; area: AreaCode; name: string }[]> {
  if (places.length === 0) return []
  const { rows } = await sql<{ role: Role; area: AreaCode; name: string }>`
    select distinct on (g.role, g.area_code) g.role, g.area_code as area, p.name from access.grant g join access.person p on p.id = g.person_id
    where ${within('g.area_code', own)} and g.area_code in (${sql.join(places)}) and g.ended_at is null and g.valid_from <= ${TODAY}
      and (g.valid_until is null or g.valid_until > ${TODAY}) and p.ended_at is null
    order by g.role, g.area_code, g.given_at`.execute(tx)
  return rows
}
