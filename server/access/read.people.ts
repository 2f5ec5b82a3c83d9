import { sql, type RawBuilder } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, PersonId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Grant, Person, Role } from '../../domain/access/access.ts'
import type { accessApi } from '../../domain/access/api.ts'
import { wordsOf } from '../../domain/access/rules.terms.ts'
import type { Reader } from '../db/db.ts'
import { narrow, within } from '../db/place.ts'
import { TODAY } from '../db/today.ts'
import { GRANT_COLUMNS } from './read.held.ts'
import { lineOf, namesOf, type GrantLine } from './read.ts'

type PersonEntry = ReplyOf<typeof accessApi.getPerson>
type People = ReplyOf<typeof accessApi.listPeople>
export type PeopleAsked = { q?: string | undefined; area?: AreaCode | undefined; role?: Role | undefined; after?: string | undefined; limit: number }

/** People who hold, or will hold, a role in these places, by name; the roles that they hold elsewhere are not told. */
export async function listPeople(tx: Reader, areas: readonly AreaCode[], { q, area, role, after, limit }: PeopleAsked): Promise<People> {
  const places = area ? narrow(areas, area) : areas
  const asked = [heldBy(sql.ref('p.id'), places, role), ...wordsOf(q ?? '').map(hasWord), ...afterKey(after)]
  const { rows } = await sql<Person>`
    ${places.includes(NATION) ? sql`` : sql`with held as materialized (select distinct g.person_id from access.grant g where ${within('g.area_code', places)} and ${isCurrent(role)})`}
    select p.id, p.name, p.user_name as "userName", p.email, p.demo from access.person p
    ${places.includes(NATION) ? sql`` : sql`join held on held.person_id = p.id`}
    where p.ended_at is null and ${sql.join(asked, sql` and `)}
    order by p.name collate "C", p.id limit ${limit + 1}`.execute(tx)
  const shown = rows.slice(0, limit)
  return { items: await withGrants(tx, shown, places), next: rows.length > limit ? keyOf(shown.at(-1) as Person) : null }
}

/** Somebody who holds a role in these places; undefined for everyone else, whether or not there is such a person. */
export async function findPerson(tx: Reader, areas: readonly AreaCode[], id: PersonId): Promise<PersonEntry | undefined> {
  const { rows } = await sql<Person>`
    select p.id, p.name, p.user_name as "userName", p.email, p.demo from access.person p
    where p.id = ${id} and p.ended_at is null and ${heldBy(sql.ref('p.id'), areas)}`.execute(tx)
  return (await withGrants(tx, rows, areas))[0]
}

function heldBy(person: RawBuilder<unknown>, places: readonly AreaCode[], role?: Role): RawBuilder<unknown> {
  return sql`exists (select from access.grant g where g.person_id = ${person} and ${within('g.area_code', places)} and ${isCurrent(role)})`
}

/** It holds, or will. */
function isCurrent(role?: Role): RawBuilder<unknown> {
  return sql`g.ended_at is null and (g.valid_until is null or g.valid_until > ${TODAY}) ${role ? sql`and g.role = ${role}` : sql``}`
}

/** Whole words, through the table of words: `like` would lose its index under the policy. */
function hasWord(word: string): RawBuilder<unknown> {
  return sql`exists (select from access.person_term t where t.area_code = p.area_code and t.person_id = p.id and t.term = ${word})`
}

function keyOf({ name, id }: Person): string {
  return Buffer.from(`${id}${name}`).subarray(0, KEY_BYTES).toString('base64url')
}

const ID_LENGTH = 36, KEY_BYTES = 150

/** A key that nobody was given begins at the beginning. */
function afterKey(after: string | undefined): RawBuilder<unknown>[] {
  const key = Buffer.from(after ?? '', 'base64url').toString('utf8').replace(/\ufffd+$/, '')
  const id = key.slice(0, ID_LENGTH)
  return /^[0-9a-f-]{36}$/.test(id) ? [sql`(p.name collate "C", p.id) > (${key.slice(ID_LENGTH)}, ${id}::uuid)`] : []
}

async function withGrants(tx: Reader, people: readonly Person[], places: readonly AreaCode[]): Promise<PersonEntry[]> {
  if (people.length === 0) return []
  const rows = await tx.selectFrom('access.grant').where('person_id', 'in', people.map(person => person.id)).where(within('area_code', places))
    .where('ended_at', 'is', null).where(({ or, eb }) => or([eb('valid_until', 'is', null), eb('valid_until', '>', TODAY)]))
    .select([...GRANT_COLUMNS, 'given_by_name as givenByName']).orderBy('area_code').orderBy('id').execute()
  const names = await namesOf(tx, rows.map(row => row.area))
  return people.map(person => ({ ...person, grants: rows.filter(row => row.person === person.id).map(row => toLine(row, person.name, names)) }))
}

function toLine({ givenByName, ...grant }: Grant & { givenByName: string | null }, personName: string, names: Parameters<typeof lineOf>[2]): GrantLine {
  return lineOf(grant, personName, names, givenByName)
}
