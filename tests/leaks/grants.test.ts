import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AreaCode, GrantId, PersonId } from '../../domain/base/ids.ts'
import { Right } from '../../domain/base/right.ts'
import { Role, type Viewer } from '../../domain/access/access.ts'
import { can, canGive, placesOf, ROLES } from '../../domain/access/can.ts'
import { within } from '../../server/db/place.ts'
import { readAs } from '../../server/db/scope.ts'
import { scopeOf } from '../../server/http/viewer.ts'
import { freshDatabase, type Fresh } from '../setup/fresh.ts'

/** Over random trees of places and random grants, the database, the rules and a slow oracle say the same. */
let database: Fresh, owner: pg.Client
const RIGHTS: readonly Right[] = Right.options
const RUNS = 60

beforeAll(async () => {
  database = await freshDatabase('empty')
  owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
})
afterAll(() => owner.end())

/** Few digits, so that codes begin and contain each other often. */
const part = fc.constantFrom('01', '10', '11', '58')
const code = fc.oneof(
  fc.array(part, { maxLength: 4 }).map(parts => `TH${parts.join('')}`),
  fc.tuple(part, part, part, fc.constantFrom('0A', 'A1'), fc.constantFrom('', '01')).map(parts => `TH${parts.join('')}`),
).map(text => AreaCode.parse(text))
const viewer = fc.record({
  grants: fc.array(fc.record({ role: fc.constantFrom(...Role.options), area: code }), { maxLength: 6 }),
  onlyAreas: fc.option(fc.array(code, { minLength: 1, maxLength: 3 })),
}).map(({ grants, onlyAreas }): Viewer => {
  const id = PersonId.parse(randomUUID())
  return {
    person: { id, name: 'x', userName: null, email: null, demo: false }, via: onlyAreas ? 'token' : 'session', onlyAreas,
    grants: grants.map(grant => ({ ...grant, id: GrantId.parse(randomUUID()), person: id, from: '2020-01-01', until: null, givenBy: null })),
  }
})

/** Digit by digit, grant by grant. */
function oracle({ grants, onlyAreas }: Viewer, right: Right, area: string): boolean {
  const lies = (inside: string, place: string) => [...place].every((letter, i) => inside[i] === letter)
  return grants.some(grant => ROLES[grant.role].rights.some(one => one === right) && lies(area, grant.area))
    && (onlyAreas === null || onlyAreas.some(only => lies(area, only)))
}

async function seenBy(asker: Viewer, right: Right, run: string): Promise<[net: string[], ranges: string[]]> {
  const areas = placesOf(asker, right)
  const scope = scopeOf(asker, areas)
  // audit.line stands for every table under the net: it has no foreign key to the list of places
  return readAs(database.app, { ...scope, person: null }, async tx => {
    const ask = (also: ReturnType<typeof sql>) => sql<{ code: string }>`select area_code as code from audit.line where target = ${run} and ${also} order by 1`.execute(tx)
    return [(await ask(sql`true`)).rows.map(row => row.code), (await ask(within('area_code', areas))).rows.map(row => row.code)]
  })
}

test('a row is seen exactly by those whose grant holds its place, by the net alone and by the ranges alone', async () => {
  await fc.assert(fc.asyncProperty(fc.uniqueArray(code, { minLength: 1, maxLength: 25 }), viewer, fc.constantFrom(...RIGHTS), async (codes, asker, right) => {
    const run = randomUUID()
    await owner.query(`insert into audit.line (area_code, kind, action, target) select code, 'system', 'person.see', $2 from unnest($1::text[]) code`, [codes, run])
    const expected = codes.filter(area => oracle(asker, right, area)).sort()
    expect(codes.filter(area => can(asker, right, area)).sort()).toEqual(expected)
    const [net, ranges] = await seenBy(asker, right, run)
    expect(net).toEqual(expected)
    expect(ranges).toEqual(expected)
  }), { numRuns: RUNS })
})

test('a token never widens: what it sees, its owner sees', () => {
  fc.assert(fc.property(viewer, fc.array(code, { minLength: 1, maxLength: 3 }), code, fc.constantFrom(...RIGHTS), (asker, onlyAreas, area, right) => {
    if (can({ ...asker, onlyAreas }, right, area)) expect(can({ ...asker, onlyAreas: null }, right, area)).toBe(true)
  }))
})

test('a grant is given only in a place, for a role and until a day that the giver’s own allows', () => {
  const day = fc.option(fc.constantFrom('2026-03-01', '2026-06-01', '2026-09-01'))
  const grant = fc.record({ role: fc.constantFrom(...Role.options), area: code, until: day }).map(parts => ({ ...parts, from: '2026-01-01' }))
  fc.assert(fc.property(viewer, fc.array(day, { minLength: 6, maxLength: 6 }), grant, (asker, ends, wanted) => {
    const giver = { ...asker, grants: asker.grants.map((own, i) => ({ ...own, until: ends[i] ?? null })) }
    if (!canGive(giver, wanted)) return
    expect(oracle(giver, 'manage-people', wanted.area)).toBe(true)
    expect(giver.grants.some(own => ROLES[own.role].gives.includes(wanted.role) && wanted.area.startsWith(own.area) && (own.until ?? '9999') >= (wanted.until ?? '9999'))).toBe(true)
  }))
})
