import { sql } from 'kysely'
import type { BodyOf } from '../../domain/base/api.ts'
import type { AreaCode, PersonId, PhoneId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import type { collectApi } from '../../domain/collect/api.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'

type Reported = BodyOf<typeof collectApi.reportPhone>

/** What a telephone of this person tells of itself, where they collect first; gives whether it was revoked, there or where they collected before. */
export async function reportPhone(tx: Writer, viewer: Viewer, home: AreaCode, phone: PhoneId, { name, version, unsent, oldest }: Reported): Promise<boolean> {
  const row = { name, version, unsent, oldest: oldest === null ? null : new Date(oldest), session_id: viewer.session ?? null }
  await tx.insertInto('access.phone').values({ area_code: home, person_id: viewer.person.id, phone_id: phone, revoked_at: null, revoked_by: null, ...row })
    .onConflict(conflict => conflict.columns(['area_code', 'person_id', 'phone_id']).doUpdateSet({ ...row, seen_at: sql<Date>`now()` })).execute()
  const revoked = await tx.selectFrom('access.phone').where('person_id', '=', viewer.person.id).where('phone_id', '=', phone).where('revoked_at', 'is not', null).select('phone_id').executeTakeFirst()
  return revoked !== undefined
}

/** Gives the session by which it last spoke. */
export async function revokePhone(tx: Writer, viewer: Viewer, areas: readonly AreaCode[], phone: PhoneId, { person, reason }: { person: PersonId; reason: string }): Promise<string | null> {
  const [found] = await tx.updateTable('access.phone').where(within('area_code', areas)).where('person_id', '=', person).where('phone_id', '=', phone)
    .set({ revoked_at: sql<Date>`coalesce(revoked_at, now())`, revoked_by: sql<PersonId>`coalesce(revoked_by, ${viewer.person.id}::uuid)` })
    .returning(['area_code as area', 'session_id as session']).execute()
  if (!found) throw accessProblems.notThere({})
  await note(tx, { action: 'phone.revoke', area: found.area, target: phone, about: person, reason })
  return found.session
}
