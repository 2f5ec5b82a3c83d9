import { expect, test } from 'vitest'
import { findPlaceless, listGuarded } from './place.ts'

const GUARDED = ['access.grant', 'access.person', 'fact.reading']

test('tables with an area code are found in migrations, those of core and open are not among them', () => {
  const migration = 'create table access.grant (\n  area_code text,\n  id uuid\n);\ncreate table core.area_term (\n  area_code text\n);\ncreate table auth.token (\n  id uuid\n);\nalter table raw.file add column area_code text;'
  expect(listGuarded([migration])).toEqual(['access.grant', 'raw.file'])
})

test('a query that states its place passes: a range, given codes, or no place at all', () => {
  for (const where of ['("area_code" >= $1 and "area_code" < $2)', 'area_code = any($1)', '"r"."area_code" in ($1, $2)', '(false)', 'false']) {
    expect(findPlaceless(`select 1 from "fact"."reading" as "r" where ${where}`, GUARDED), where).toEqual([])
  }
})

test('one that leaves it to the policy is found, also behind a join, in a deletion, and where two tables only name the same place', () => {
  expect(findPlaceless('select count(*) from fact.reading where source_id = $1', GUARDED)).toEqual(['fact.reading'])
  expect(findPlaceless('delete from fact.reading where import_id = $1', GUARDED)).toEqual(['fact.reading'])
  expect(findPlaceless('select 1 from "access"."grant" as "g" inner join "access"."person" as "p" on "p"."area_code" = "g"."area_code"', GUARDED)).toEqual(['access.grant', 'access.person'])
  expect(findPlaceless('select 1 from fact.reading where length(area_code) > 8', GUARDED)).toEqual(['fact.reading'])
})

test('one’s own rows are found by the person, and rows may be added', () => {
  expect(findPlaceless('select 1 from "access"."grant" where "person_id" = $1', GUARDED)).toEqual([])
  expect(findPlaceless('select 1 from "access"."person" where "id" = $1', GUARDED)).toEqual([])
  expect(findPlaceless('insert into fact.reading (area_code) values ($1)', GUARDED)).toEqual([])
})
