import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { readAs, SYSTEM } from '../../server/db/scope.ts'
import { signedIn, startCollecting, type Collecting } from '../setup/collecting.ts'
import { layRows, standOf, twoTables, type Follows, type Laid, type Rows, type Said } from '../setup/figures.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser } from '../setup/people.ts'
import { giveTable, given, mapped, tableOf, worked } from '../setup/tables.ts'

const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url)), isThere = existsSync(DATA)
const linesOf = (path: string) => readFileSync(DATA + path, 'utf8').trimEnd().split('\n')

let house: Collecting
const people = {} as Record<'pricha' | 'chiangrai' | 'somsak', Browser>

/** ปรีชา brings in files of the nation, another administrator those of Chiang Rai alone; สมศักดิ์ imports records only. */
beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  people.pricha = await signedIn(house, { userName: 'pricha', role: 'administrator', areas: ['TH'] })
  people.chiangrai = await signedIn(house, { userName: 'chiangrai', role: 'administrator', areas: ['TH57'] })
  people.somsak = await signedIn(house, { userName: 'somsak', role: 'provincial-integrator', areas: ['TH58'] })
})

type Figure = { numerator: number; denominator: number | null; status: string }
const publicOf = async (area: string, indicator: string, period: string): Promise<Figure | undefined> =>
  (await sql<Figure>`select numerator, denominator, status from open.figure where area_code = ${area} and indicator_id = ${indicator} and period = ${period}`.execute(house.database.public)).rows[0]
/** Every number of the source in a year, kept and public. */
const all = (source: string, period: string) => readAs(house.database.app, SYSTEM, async tx => {
  const { rows: [row] } = await sql<{ kept: string; open: string; series: string }>`select
    (select md5(string_agg(concat_ws(' ', area_code, indicator_id, period, version, numerator, denominator, status, publication), ',' order by area_code, indicator_id, period, version)) from fact.figure where area_code >= 'TH' and source_id = ${source} and period = ${period}) as kept,
    (select md5(string_agg(concat_ws(' ', area_code, indicator_id, period, version, numerator, denominator, status), ',' order by area_code, indicator_id, period, version)) from open.figure where source_id = ${source} and period = ${period}) as open,
    (select md5(string_agg(s::text, ',' order by s::text)) from open.series s where source_id = ${source}) as series`.execute(tx)
  return row
})
const codesOf = (faults: { code: string }[] | undefined) => faults?.map(({ code }) => code).sort()

describe.skipIf(!isThere)(isThere ? 'figures of places' : 'figures of places (left out: the real tables are not beside this checkout, in ../shared/data)', () => {
  const RICE = 'figures:oae-rice', lines = isThere ? linesOf('resources/rice_by_district_2554_2558.csv') : []
  /** Of the year 2558, of rows with a code. */
  const rice = (edit: (line: string) => string = line => line) => [lines[0], ...lines.filter(line => /^2558,\d\d,\d{4},/.test(line)).map(edit)].join('\n')
  const MUEANG = /^2558,57,5701,/, isMueang = (line: string) => MUEANG.test(line)

  test('rice by district as it is there already: columns are suggested, every row is the same, nothing changes', async () => {
    const { pricha } = people, before = await all('oae-rice', '2015'), table = await given(pricha, RICE, 'rice 2558.csv', rice())
    expect(table.mapping.columns.map(({ column, target, field }) => [table.columns[column]?.name, field ?? target])).toEqual([
      ['year_be', 'period'], ['district_code', 'place-code'], ['district_th_raw', 'district'], ['planted_rai', 'rice-planted-rai'], ['harvested_rai', 'rice-harvested-rai'], ['production_ton', 'rice-production-tonnes'],
    ])
    const tried = await worked(pricha, table.id, 'try')
    expect(tried.report).toMatchObject({ outcome: 'would-import', faults: [], rows: { faulty: 0, new: 0, updated: 0 } })
    expect(tried.report?.rows.unchanged).toBeGreaterThan(800)
    expect((await worked(pricha, table.id, 'import')).report?.outcome).toBe('imported')
    expect(await all('oae-rice', '2015')).toEqual(before)
  })

  test('one number is another: it is replaced, what rests on it follows in public, a place that is none is told; taken back, all is as it was', async () => {
    const { pricha, chiangrai, somsak } = people, before = await all('oae-rice', '2015'), old = await publicOf('TH57', 'rice-production-tonnes', '2015'), was = Number(lines.find(isMueang)?.split(',')[6])
    const text = rice(line => isMueang(line) ? line.split(',').with(6, String(was + 1000)).join(',') : line) + '\n2558,57,5799,ไม่มีอำเภอนี้,10,10,5,500,500\n2558,57,5701,อีกครั้ง,10,10,5,500,500\nปีหน้า,57,5702,เวียงชัย,10,10,5,500,500\n'
    const table = await given(pricha, RICE, 'rice 2558 mended.csv', text)
    expect(table.remembered).toBe(true)
    const refused = await worked(pricha, table.id, 'import')
    expect([refused.state, codesOf(refused.report?.faults), await all('oae-rice', '2015')]).toEqual(['refused', ['table/not-year', 'table/place-twice', 'table/unknown-place'], before])
    const done = await worked(pricha, table.id, 'import', { keepGood: true })
    expect(done).toMatchObject({ state: 'imported', hasFaulty: true, report: { rows: { updated: 1, new: 0, faulty: 3 }, byArea: [{ area: 'TH57', rows: 1 }] } })
    expect((await pricha.ask('GET', `/api/tables/${table.id}/faulty`)).body).toContain('5799')
    const planted = await publicOf('TH5701', 'rice-planted-rai', '2015')
    expect(await publicOf('TH5701', 'rice-production-tonnes', '2015')).toEqual({ numerator: was + 1000, denominator: null, status: 'published' })
    expect(await publicOf('TH5701', 'rice-yield', '2015')).toEqual({ numerator: (was + 1000) * 1000, denominator: planted?.numerator, status: 'published' })
    expect(await publicOf('TH57', 'rice-production-tonnes', '2015')).toEqual({ ...old, numerator: old!.numerator + 1000 })

    // each sees what they may bring in, and where
    expect([(await tableOf(somsak, table.id) as unknown as { code: string }).code, (await giveTable(somsak, RICE, 'x.csv', text)).json().code]).toEqual(['table/no-import', 'table/no-right'])
    expect((await giveTable(pricha, 'otop-product', 'x.csv', text)).json().code).toBe('table/no-right')
    expect((await giveTable(pricha, 'figures:tpmap-2561', 'x.csv', text)).json().code).toBe('table/no-source')

    // a later table, of somebody who answers for one province
    const later = await given(chiangrai, RICE, 'chiang rai.csv', 'ปี พ.ศ.,รหัส,ผลผลิต (ตัน)\n๒๕๕๘,5701,"90,000"\n2558,5001,1\n')
    expect((await worked(chiangrai, later.id, 'import', { keepGood: true })).report).toMatchObject({ outcome: 'imported', rows: { updated: 1, faulty: 1 } })
    expect(await worked(pricha, table.id, 'undo')).toMatchObject({ state: 'imported', trouble: { en: expect.stringContaining('TH5701 rice-production-tonnes 2015') } })
    expect((await worked(chiangrai, later.id, 'undo')).state).toBe('undone')
    expect([(await worked(pricha, table.id, 'undo')).state, await all('oae-rice', '2015')]).toEqual(['undone', before])
  })

  test('registered population of a year, all levels in one table: what is the sum already stays a sum, a district that differs is kept as given, and goes again', async () => {
    const { pricha } = people, before = await all('dopa-population', '2018'), all2018 = linesOf('population/registered_population_2017_2021.csv').filter((line, i) => i === 0 || /^2018,\d,\w+,57/.test(line))
    const table = await given(pricha, 'figures:dopa-population', 'ประชากร 2561.csv', all2018.map(line => line.replace(/^2018,3,Tambon,570101,.*/, '2018,3,Tambon,570101,เวียง,Wiang,1,1,0,1')).join('\n'))
    expect(table.mapping.columns.map(({ column, target, field }) => [table.columns[column]?.name, field ?? target])).toEqual([
      ['year', 'period'], ['code', 'place-code'], ['total', 'registered-population'], ['male', 'registered-population-male'], ['female', 'registered-population-female'], ['houses', 'registered-houses'],
    ])
    const done = await worked(pricha, table.id, 'import')
    expect(done.report).toMatchObject({ outcome: 'imported', rows: { new: 0, updated: 1, faulty: 0 } })
    const district = await publicOf('TH5701', 'registered-population', '2018')
    expect([await publicOf('TH570101', 'registered-population', '2018'), district?.status]).toEqual([{ numerator: 1, denominator: null, status: 'published' }, 'summed'])
    const wrong = await given(pricha, 'figures:dopa-population', 'อำเภอ.csv', 'code,total\n5701,1000000\n')
    await mapped(pricha, wrong, { ...wrong.mapping, constants: { period: '2561' } })
    expect((await worked(pricha, wrong.id, 'import')).report).toMatchObject({ outcome: 'imported', faults: [{ code: 'table/sum-differs', weight: 'warning' }] })
    expect(await publicOf('TH5701', 'registered-population', '2018')).toEqual({ numerator: 1000000, denominator: null, status: 'published' })
    for (const { id } of [wrong, table]) expect((await worked(pricha, id, 'undo')).state).toBe('undone')
    expect(await all('dopa-population', '2018')).toEqual(before)
  })

  test('rows without a code are found by name and asked about; provinces by name are found by what stands in their column', async () => {
    const { pricha } = people, table = await given(pricha, RICE, 'rice without codes.csv', [lines[0], ...lines.filter(line => /^2558,\d\d,,/.test(line))].join('\n'))
    const asked = (await worked(pricha, table.id, 'try')).report, places = Object.fromEntries((asked?.places ?? []).flatMap(({ written, candidates: [one] }) => one ? [[written, one.area]] : []))
    expect([asked?.rows.good, codesOf(asked?.faults), Object.keys(places).sort()]).toEqual([1, ['table/no-place', 'table/unknown-place'], ['ศรีมหาโพธิ์', 'แดนดง']])
    await mapped(pricha, table, { ...table.mapping, places })
    expect((await worked(pricha, table.id, 'try')).report?.rows).toMatchObject({ read: 4, unchanged: 3, new: 0, faulty: 1 })

    const provinces = await given(pricha, RICE, 'rice 2562.csv', linesOf('resources/rice_by_province_2562.csv').join('\n'))
    expect(provinces.mapping.columns.map(({ column, target, field }) => [provinces.columns[column]?.name, field ?? target])).toEqual([
      ['year', 'period'], ['location', 'province'], ['area_plant', 'rice-planted-rai'], ['area_harvest', 'rice-harvested-rai'], ['production', 'rice-production-tonnes'],
    ])
    expect((await worked(pricha, provinces.id, 'try')).report).toMatchObject({ outcome: 'would-import', faults: [], rows: { read: 77, new: 77 } })
  })

  test('a table in windows-874 is read; without a number it is told, and nothing goes in', async () => {
    const { pricha } = people, table = await given(pricha, 'figures:oae-rice', 'province_tis.csv', readFileSync(`${DATA}encodings/province_tis.csv`))
    expect(table).toMatchObject({ shape: { encoding: 'windows-874' }, mapping: { columns: [{ target: 'province' }] } })
    await mapped(pricha, table, { ...table.mapping, constants: { period: '2558' } })
    expect((await worked(pricha, table.id, 'import', { keepGood: true })).report).toMatchObject({ outcome: 'refused', faults: expect.arrayContaining([expect.objectContaining({ code: 'table/no-numbers' })]) })
  })
})

const YEARS = 30, FROM = 1951
type Way = { source: string; indicators: string[]; columns: string; given: number; places: string[]; number: fc.Arbitrary<number>; follows: Follows[] }
const WAYS: Way[] = [
  {
    source: 'oae-rice', indicators: ['rice-planted-rai', 'rice-harvested-rai', 'rice-production-tonnes', 'rice-yield'], columns: 'planted_rai,harvested_rai,production_ton', given: 3,
    places: ['TH5701', 'TH5702', 'TH5703', 'TH5801', 'TH57', 'TH58'], number: fc.constantFrom(0, 0.1, 0.2, 0.3, 0.7, 1.1, 12345.678, 1), follows: [{ index: 3, over: 2, times: 1000, under: 0 }],
  },
  {
    source: 'dopa-population', indicators: ['registered-population', 'registered-population-male', 'registered-houses'], columns: 'total,male,houses', given: 3,
    places: ['TH570101', 'TH570102', 'TH570202', 'TH580101', 'TH5701', 'TH5702', 'TH57', 'TH58'], number: fc.integer({ min: 0, max: 4 }), follows: [],
  },
]

describe.each(WAYS)('thirty years of numbers of $source', ({ source, indicators, columns, given: width, places, number, follows }) => {
  const all = indicators.length, years = Array.from({ length: YEARS }, (_, year) => String(FROM + year))
  const tableOfYears = (tables: readonly Rows[]) => [`year,code,${columns}`, ...years.flatMap((year, i) => [...tables[i]!].map(([area, numbers]) => [year, area.slice(2), ...numbers.map(one => one ?? '')].join(',')))].join('\n')
  const lay = (said: readonly Said[], tables: readonly Rows[]): Laid[] => said.map((one, i) => layRows(one, tables[i]!, all, follows))
  const add = (laid: readonly Laid[]) => ({
    rows: laid.reduce((sum, { rows }) => ({ new: sum.new + rows.new, updated: sum.updated + rows.updated, unchanged: sum.unchanged + rows.unchanged }), { new: 0, updated: 0, unchanged: 0 }),
    unequal: Object.fromEntries(indicators.map((indicator, i) => [indicator, laid.reduce((sum, { unequal }) => sum + unequal[i]!, 0)]).filter(([, count]) => count !== 0)),
  })
  const shouldBe = (said: readonly Said[]) => said.flatMap((one, i) => [...standOf(one, all)].flatMap(([area, stands]) => stands.flatMap((stand, index) =>
    stand ? [[area, years[i], indicators[index], stand.part[0], stand.part[1], stand.own ? 'published' : 'summed'].join(' ')] : []))).sort()
  const are = (table: 'fact.figure' | 'open.figure') => readAs(house.database.app, SYSTEM, async tx => {
    const { rows } = await sql<Figure & { area: string; period: string; indicator: string }>`select area_code as area, period, indicator_id as indicator, numerator, denominator, status from ${sql.table(table)} where area_code >= 'TH' and source_id = ${source} and period = any(${years})`.execute(tx)
    return rows.map(({ area, period, indicator, numerator, denominator, status }) => [area, period, indicator, numerator, denominator, status].join(' ')).sort()
  })
  const mustBe = async (said: readonly Said[]) => { for (const table of ['fact.figure', 'open.figure'] as const) expect(await are(table)).toEqual(shouldBe(said)) }
  const bring = async (name: string, laid: readonly Laid[], tables: readonly Rows[]) => {
    const table = await given(people.pricha, `figures:${source}`, name, tableOfYears(tables)), told = ({ report }: Pick<typeof table, 'report'>) => ({
      rows: { new: report?.rows.new, updated: report?.rows.updated, unchanged: report?.rows.unchanged }, unequal: Object.fromEntries(report?.faults.map(({ column, rows }) => [column, rows]) ?? []),
    })
    const before = await are('fact.figure')
    expect(told(await worked(people.pricha, table.id, 'try'))).toEqual(add(laid))
    expect(await are('fact.figure')).toEqual(before)
    expect(told(await worked(people.pricha, table.id, 'import'))).toEqual(add(laid))
    return table
  }

  test('are, after a table, after a second one over it and with both taken back, to the last digit what place by place gives', async () => {
    await fc.assert(fc.asyncProperty(fc.array(twoTables(places, width, number), { minLength: YEARS, maxLength: YEARS }), async pairs => {
      const first = lay(years.map(() => new Map()), pairs.map(([one]) => one)), second = lay(first.map(({ said }) => said), pairs.map(([, other]) => other))
      const one = await bring('one.csv', first, pairs.map(([rows]) => rows))
      await mustBe(first.map(({ said }) => said))
      const other = await bring('other.csv', second, pairs.map(([, rows]) => rows))
      await mustBe(second.map(({ said }) => said))
      expect((await worked(people.pricha, other.id, 'undo')).state).toBe('undone')
      await mustBe(first.map(({ said }) => said))
      expect((await worked(people.pricha, one.id, 'undo')).state).toBe('undone')
      await mustBe([])
    }), { numRuns: 1, endOnFailure: true })
  })
})
