import { sql } from 'kysely'
import type { AreaCode, PersonId } from '../../domain/base/ids.ts'
import type { Grant } from '../../domain/access/access.ts'
import { follow, type KindLine } from '../../domain/area/succession.ts'
import type { Reader } from '../db/db.ts'
import { PLANNED } from '../db/planned.ts'
import { TODAY } from '../db/today.ts'

export const GRANT_COLUMNS = ['id', 'person_id as person', 'role', 'area_code as area', 'valid_from as from', 'valid_until as until', 'given_by as givenBy'] as const

/** The grants of a person that hold today, under the codes that their places have today. */
export async function listGrantsHeld(tx: Reader, id: PersonId): Promise<Grant[]> {
  const grants = await tx.selectFrom('access.grant').modifyFront(PLANNED).where('person_id', '=', id).where('ended_at', 'is', null)
    .where('valid_from', '<=', TODAY).where(({ or, eb }) => or([eb('valid_until', 'is', null), eb('valid_until', '>', TODAY)]))
    .select([...GRANT_COLUMNS, 'given_at as givenAt']).orderBy('area_code').orderBy('id').execute()
  return withTodaysCodes(tx, grants)
}

type Given = Grant & { givenAt: Date }

/** A grant stands where it was given; its place is found again through the ledger. */
export async function withTodaysCodes(tx: Reader, grants: readonly Given[]): Promise<Grant[]> {
  const plain = grants.map(({ givenAt: _, ...grant }) => grant)
  if (grants.length === 0) return []
  const since = grants.map(grant => grant.from).sort()[0] as string
  const changes = await listMoves(tx, since)
  if (changes.length === 0) return plain
  const today = changes.at(-1)?.day as string
  return grants.flatMap((grant, i) => follow(changes, grant.area, grant.from, today, grant.givenAt).map(area => ({ ...plain[i] as Grant, area })))
}

/** The places of a key, under the codes that they have today. */
export async function todaysPlaces(tx: Reader, areas: readonly AreaCode[], since: Date): Promise<AreaCode[]> {
  const day = since.toISOString().slice(0, 10), changes = await listMoves(tx, day)
  return changes.length === 0 ? [...areas] : [...new Set(areas.flatMap(area => follow(changes, area, day, changes.at(-1)?.day as string, since)))]
}

/** What moved between that day and today, or was written down only here. */
function listMoves(tx: Reader, since: string): Promise<KindLine[]> {
  return tx.selectFrom('open.area_change').modifyFront(PLANNED).where(({ or, eb }) => or([eb('day', '>', since), eb('made_at', 'is not', null)])).where('day', '<=', TODAY)
    .where('predecessor', 'is not', null).where('successor', 'is not', null)
    .select(['kind', 'day', 'predecessor', 'successor', 'share', 'made_at as madeAt']).orderBy('day').execute()
}
