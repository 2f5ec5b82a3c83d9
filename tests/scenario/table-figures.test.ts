import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { readAs, SYSTEM } from '../../server/db/scope.ts'
import { signedIn, startCollecting, type Collecting } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser } from '../setup/people.ts'
import { giveTable, given, mapped, tableOf, worked } from '../setup/tables.ts'

const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url)), isThere = existsSync(DATA)
const linesOf = (path: string) => readFileSync(DATA + path, 'utf8').trimEnd().split('\n')

let house: Collecting
const people = {} as Record<'pricha' | 'chiangrai' | 'somsak', Browser>

/** ปรีชา brings in files of the nation, another administrator those of Chiang Rai alone; สมศักดิ์ imports records only. */
beforeAll(async () => {
  if (!isThere) return
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
