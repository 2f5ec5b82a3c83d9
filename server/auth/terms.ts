import type { AreaCode, PersonId } from '../../domain/base/ids.ts'
import { termsOf } from '../../domain/access/rules.terms.ts'
import type { Writer } from '../db/db.ts'

type Named = { id: PersonId; area: AreaCode; name: string; userName: string | null; email: string | null }

/** Writes the words by which a person is found, in place of those that were there. */
export async function keepTerms(tx: Writer, person: Named): Promise<void> {
  await tx.deleteFrom('access.person_term').where('area_code', '=', person.area).where('person_id', '=', person.id).execute()
  await tx.insertInto('access.person_term').values(termsOf(person).map(term => ({ area_code: person.area, person_id: person.id, term }))).execute()
}
