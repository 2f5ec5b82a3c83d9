import { sql } from 'kysely'
import type { PersonId } from '../../domain/base/ids.ts'
import type { Grant } from '../../domain/access/access.ts'
import { follow, type KindLine } from '../../domain/area/succession.ts'
import type { Reader } from '../db/db.ts'

/** By the calendar of Thailand. */
export const TODAY = sql<string>`(now() at time zone 'Asia/Bangkok')::date`

export const GRANT_COLUMNS = ['id', 'person_id as person', 'role', 'area_code as area', 'valid_from as from', 'valid_until as until', 'given_by as givenBy'] as const

/** The grants of a person that hold today, under the codes that their places have today. */
export async function listGrantsHeld(tx: Reader, id: PersonId): Promise<Grant[]> {
  const grants = await tx.selectFrom('access.grant').where('person_id', '=', id).where('ended_at', 'is', null)
    .where('valid_from', '<=', TODAY).where(({ or, eb }) => or([eb('valid_until', 'is', null), eb('valid_until', '>', TODAY)]))
    .select(GRANT_COLUMNS).orderBy('area_code').orderBy('id').execute()
  return withTodaysCodes(tx, grants)
}

/** A grant stands where it was given; its place is found again through the ledger. */
export async function withTodaysCodes(tx: Reader, grants: readonly Grant[]): Promise<Grant[]> {
  if (grants.length === 0) return []
  const since = grants.map(grant => grant.from).sort()[0] as string
  const changes = await listMoves(tx, since)
  if (changes.length === 0) return [...grants]
  const today = changes.at(-1)?.day as string
  return grants.flatMap(grant => follow(changes, grant.area, grant.from, today).map(area => ({ ...grant, area })))
}

/** What moved between that day and today. */
function listMoves(tx: Reader, since: string): Promise<KindLine[]> {
  return tx.selectFrom('open.area_change').where('day', '>', since).where('day', '<=', TODAY)
    .where('predecessor', 'is not', null).where('successor', 'is not', null)
    .select(['kind', 'day', 'predecessor', 'successor', 'share']).orderBy('day').execute()
}
