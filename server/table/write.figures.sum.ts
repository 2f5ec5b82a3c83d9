import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, IndicatorId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { NATION } from '../../domain/area/rules.ts'
import { DERIVED, type Derived } from '../../domain/table/rules.figures.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { publish } from '../publication/write.ts'
import type { SourceSheet } from './read.subject.ts'

/** Places of an indicator whose given number is not the sum of what lies inside: how many, and the first of them. */
export type Unequal = { indicator: IndicatorId; places: number; first: { area: AreaCode; period: Period; given: number; summed: number }[] }

/** By how much the code of a place is longer than that of the place above. */
const STEP = 2, FIRST = 5
const ofSource = (alias: string, { source, indicators }: SourceSheet) => sql`(${within(`${alias}.area_code`, [NATION])} and ${sql.ref(`${alias}.source_id`)} = ${source.id}
  and (${sql.ref(`${alias}.indicator_id`)}, ${sql.ref(`${alias}.version`)}) in (select * from unnest(${indicators.map(({ id }) => id)}::text[], ${indicators.map(({ version }) => version)}::text[])))`
const sameKey = (one: string, other: string) => sql`(${sql.ref(`${one}.area_code`)} = ${sql.ref(`${other}.area_code`)} and ${sql.ref(`${one}.period`)} = ${sql.ref(`${other}.period`)}
  and ${sql.ref(`${one}.indicator_id`)} = ${sql.ref(`${other}.indicator_id`)} and ${sql.ref(`${one}.version`)} = ${sql.ref(`${other}.version`)})`

/**
 * Lays numbers (area_code, period, indicator_id, version, numerator, denominator; no numerator: the source says nothing any more) over what the source
 * gave itself, works out what follows from them and adds up the places above, in tables of this transaction; `isKept`: and keeps and publishes it.
 * A missing number adds nothing, and sums are made in the order of codes: the same numbers give the same sum, to the last digit. For a transaction of the nation.
 */
export async function layOver(tx: Writer, sheet: SourceSheet, numbers: RawBuilder<unknown>, isKept: boolean): Promise<Unequal[]> {
  // nobody who plans knows what was just put into a table: taken for a row or two, all of it would be gone through for each of many
  await sql`set local enable_nestloop = off`.execute(tx)
  await sql`create temp table figure_line (depth int, area_code text collate "C", period text, indicator_id text, version text, numerator float8, denominator float8, own boolean, comes boolean) on commit drop`.execute(tx)
  await sql`insert into figure_line select length(l.area_code), l.*, true, true from (${numbers}) l`.execute(tx)
  const years = await listYears(tx, sheet), said = years.filter(({ isSaid }) => isSaid).map(({ period }) => period), unsaid = years.filter(({ isSaid }) => !isSaid).map(({ period }) => period)
  if (said.length > 0) await layBeside(tx, sheet, said)
  for (const [id, rule] of Object.entries(DERIVED)) if (rule) await workOut(tx, sheet, id, rule)
  const unequal = await addUp(tx)
  if (isKept && said.length > 0) await keepChanged(tx, sheet, said)
  if (isKept && unsaid.length > 0) await keepNew(tx, sheet, unsaid)
  await sql`set local enable_nestloop = on`.execute(tx)
  return unequal
}

/** The years that there are numbers of, and whether the source has said anything of each. */
async function listYears(tx: Writer, sheet: SourceSheet): Promise<{ period: Period; isSaid: boolean }[]> {
  return (await sql<{ period: Period; isSaid: boolean }>`
    select period, exists (select from fact.figure f where ${ofSource('f', sheet)} and f.period = y.period) as "isSaid" from (select distinct period from figure_line) y order by 1`.execute(tx)).rows
}

/** What the source gave itself of these places and all above, and what stands beside them. */
async function layBeside(tx: Writer, sheet: SourceSheet, said: readonly Period[]): Promise<void> {
  await sql`
    create temp table figure_place on commit drop as
    select distinct left(area_code, n) collate "C" as area_code, period from (select distinct area_code, period from figure_line where period = any(${said})) l cross join generate_series(2, length(area_code), 2) n`.execute(tx)
  await sql`
    insert into figure_line
    select length(f.area_code), f.area_code, f.period, f.indicator_id, f.version, f.numerator, f.denominator, f.status = 'published', false
    from fact.figure f
      left join figure_place self on self.area_code = f.area_code and self.period = f.period
      left join figure_place above on above.area_code = left(f.area_code, length(f.area_code) - 2) and above.period = f.period
    where ${ofSource('f', sheet)} and f.period = any(${said})
      and case when self.area_code is null then above.area_code is not null else f.status = 'published' end
      and not exists (select from figure_line l where ${sameKey('l', 'f')})`.execute(tx)
}

/** A number that follows from two others is made anew wherever something came. */
async function workOut(tx: Writer, { indicators }: SourceSheet, id: string, { numerator, times, denominator }: Derived): Promise<void> {
  const [made, over, under] = [id, numerator, denominator].map(one => indicators.findLast(indicator => indicator.id === one))
  if (!made || !over || !under) return
  const came = sql`(l.area_code, l.period) in (select area_code, period from figure_line where comes)`
  await sql`delete from figure_line l where l.indicator_id = ${made.id} and l.version = ${made.version} and l.own and ${came}`.execute(tx)
  await sql`
    insert into figure_line
    select l.depth, l.area_code, l.period, ${made.id}, ${made.version}, l.numerator * ${times}::float8, base.numerator, true, true
    from figure_line l join figure_line base using (area_code, period)
    where l.indicator_id = ${over.id} and l.version = ${over.version} and base.indicator_id = ${under.id} and base.version = ${under.version}
      and l.own and base.own and l.numerator is not null and base.numerator > 0 and ${came}`.execute(tx)
}

async function addUp(tx: Writer): Promise<Unequal[]> {
  const unequal: Unequal[] = [], { rows: [found] } = await sql<{ deepest: number | null; whole: boolean }>`
    select max(depth) as deepest, ${isWhole(sql`numerator`)} and ${isWhole(sql`denominator`)} as whole from figure_line`.execute(tx)
  for (let depth = found?.deepest ?? 0; depth > NATION.length; depth -= STEP) unequal.push(...await addUpTo(tx, depth - STEP, found?.whole ? sql`` : sql`order by figure_line.area_code`))
  return unequal
}

/** Whole numbers give the same sum in whatever order. */
const isWhole = (part: RawBuilder<unknown>) => sql`coalesce(bool_and(${part} = trunc(${part})) and sum(abs(${part})) < ${Number.MAX_SAFE_INTEGER}::float8, true)`

/** A sum stands where nothing was given; where both are there, a difference is told. */
async function addUpTo(tx: Writer, depth: number, order: RawBuilder<unknown>): Promise<Unequal[]> {
  const given = sql`given.depth = ${depth} and given.numerator is not null and ${sameKey('given', 's')}`
  const { rows } = await sql<Unequal>`
    with s as materialized (
      select left(area_code, ${depth}::int) as area_code, period, indicator_id, version, sum(numerator ${order}) as numerator,
        case when count(denominator) = count(*) then sum(denominator ${order}) end as denominator
      from figure_line where depth = ${depth + STEP} and numerator is not null group by 1, 2, 3, 4
    ), kept as (
      insert into figure_line select ${depth}, s.*, false, true from s where not exists (select from figure_line given where ${given})
    ), unequal as (
      select ${sql.join(['area_code', 'period', 'indicator_id'].map(name => sql.ref(`s.${name}`)))}, given.numerator as given, s.numerator as summed,
        row_number() over (partition by s.indicator_id order by s.period, s.area_code) as n, count(*) over (partition by s.indicator_id)::int as places
      from s join figure_line given on ${given} where given.numerator <> s.numerator
    )
    select indicator_id as indicator, places, jsonb_agg(jsonb_build_object('area', area_code, 'period', period, 'given', given, 'summed', summed) order by n) as first
    from unequal where n <= ${FIRST} and not indicator_id = any(${Object.keys(DERIVED)}) group by 1, 2 order by 1`.execute(tx)
  return rows
}

async function keepNew(tx: Writer, sheet: SourceSheet, unsaid: readonly Period[]): Promise<void> {
  await sql`insert into fact.figure ${rowsOf(sheet)} and l.period = any(${unsaid})`.execute(tx)
  await publish(tx, sheet.source.id, unsaid)
}

const rowsOf = ({ source }: SourceSheet) => sql`(area_code, period, indicator_id, version, source_id, level, numerator, denominator, status, publication)
  select l.area_code, l.period, l.indicator_id, l.version, ${source.id}, a.level, l.numerator, l.denominator, case when l.own then 'published' else 'summed' end, 'public'
  from figure_line l join open.area a on a.code = l.area_code where l.comes and l.numerator is not null`

/** Where the source has said something of a year, only what is different goes and comes. */
async function keepChanged(tx: Writer, sheet: SourceSheet, said: readonly Period[]): Promise<void> {
  const there = sql`fact.figure f where ${ofSource('f', sheet)} and f.period = any(${said})`
  await sql`create temp table figure_changed (area_code text collate "C", period text) on commit drop`.execute(tx)
  await sql`
    with gone as (
      delete from ${there} and (f.area_code, f.period) in (select area_code, period from figure_place)
        and not exists (select from figure_line l where ${sameKey('l', 'f')} and l.numerator = f.numerator and l.denominator is not distinct from f.denominator and l.own = (f.status = 'published'))
      returning f.area_code, f.period)
    insert into figure_changed select * from gone`.execute(tx)
  await sql`
    with come as (insert into fact.figure ${rowsOf(sheet)} and l.period = any(${said}) and not exists (select from ${there} and ${sameKey('f', 'l')}) returning area_code, period)
    insert into figure_changed select * from come`.execute(tx)
  const { rows } = await sql<{ period: Period }>`select distinct period from figure_changed`.execute(tx)
  if (rows.length > 0) await publish(tx, sheet.source.id, rows.map(({ period }) => period), sql<boolean>`(area_code, period) in (select area_code, period from figure_changed)`)
}
