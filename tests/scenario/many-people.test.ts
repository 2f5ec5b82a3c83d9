import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AreaCode } from '../../domain/base/ids.ts'
import { listPeople, type PeopleAsked } from '../../server/access/read.people.ts'
import { readAs } from '../../server/db/scope.ts'
import { freshDatabase, type Fresh } from '../setup/fresh.ts'

/** Every village volunteer of many provinces: what a list has to bear. */
const PEOPLE = 60_000
/** Far above what it takes (a few milliseconds where places are few), far below what somebody would call slow; the machine may be busy. */
const BEARABLE_MS = 1500
let database: Fresh, tambons: AreaCode[]

beforeAll(async () => {
  database = await freshDatabase()
  const owner = new pg.Client(database.url)
  await owner.connect()
  await owner.query(`
    create temp table made as
      with area as materialized (select code, row_number() over (order by md5(code)) - 1 as turn from core.area where level = 'tambon' and valid_until is null)
      select n, code as area, gen_random_uuid() as id, 'คน' || n || ' สกุล' || n % 700 as name
      from generate_series(1, ${PEOPLE}) n join area on turn = n % (select count(*) from area);
    insert into access.person (area_code, id, name, user_name) select area, id, name, 'user' || n from made;
    insert into access.person_term select area, id, unnest(string_to_array(name, ' ') || ('user' || n)) from made;
    insert into access.grant (area_code, id, person_id, role, valid_from) select area, gen_random_uuid(), id, case when n % 8 = 0 then 'tambon-integrator' else 'collector' end, '2020-01-01' from made;
    analyze access.person; analyze access.person_term; analyze access.grant`)
  tambons = (await owner.query<{ area: AreaCode }>('select distinct area from made order by 1 limit 400')).rows.map(row => row.area)
  await owner.end()
})

async function timed(areas: readonly AreaCode[], asked: Partial<PeopleAsked> = {}) {
  const began = performance.now()
  const page = await readAs(database.app, { person: null, kind: 'person', areas }, tx => listPeople(tx, areas, { limit: 100, ...asked }))
  return { page, ms: performance.now() - began }
}

describe(`a list of ${PEOPLE} people`, () => {
  const nation = ['TH' as AreaCode], province = ['TH58' as AreaCode]
  const ways: [string, () => readonly AreaCode[], Partial<PeopleAsked>][] = [
    ['the nation', () => nation, {}], ['a province', () => province, {}], ['a tambon', () => tambons.slice(0, 1), {}],
    ['40 scattered tambons', () => tambons.filter((_, i) => i % 10 === 0), {}],
    ['a family name in the nation', () => nation, { q: 'สกุล33' }], ['a user name in the nation', () => nation, { q: 'user59999' }],
    ['a family name in a province', () => province, { q: 'สกุล33' }], ['integrators of the nation', () => nation, { role: 'tambon-integrator' }],
    ['a role that nobody has', () => nation, { role: 'auditor' }],
  ]
  test.each(ways)('opens in bearable time: %s', async (name, areas, asked) => {
    const { page, ms } = await timed(areas(), asked)
    console.log(`${name}: ${page.items.length} people in ${ms.toFixed(0)} ms`)
    expect(page.items.every(person => person.grants.length > 0)).toBe(true)
    expect(ms).toBeLessThan(BEARABLE_MS)
  })

  test('goes on from any page without counting those before, each person once', async () => {
    const deep = { after: Buffer.from(`00000000-0000-4000-8000-000000000000คน5`).toString('base64url') }
    const first = await timed(nation, deep)
    const second = await timed(nation, { after: first.page.next as string })
    expect(new Set([...first.page.items, ...second.page.items].map(person => person.id)).size).toBe(200)
    expect(Math.max(first.ms, second.ms)).toBeLessThan(BEARABLE_MS)
  })

  test('finds by a whole word exactly those of the place', async () => {
    const { page } = await timed(nation, { q: 'สกุล33', limit: 1000 })
    expect(page.items).toHaveLength([...Array(PEOPLE).keys()].filter(n => (n + 1) % 700 === 33).length)
    const place = page.items[0]?.grants[0]?.area.slice(0, 4) as AreaCode
    const inside = (await timed([place], { q: 'สกุล33', limit: 1000 })).page.items
    expect(inside.length).toBeGreaterThan(0)
    expect(inside.map(person => person.id).sort()).toEqual(page.items.filter(person => person.grants.some(grant => grant.area.startsWith(place))).map(person => person.id).sort())
  })
})
