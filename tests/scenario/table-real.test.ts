import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { recordApi } from '../../domain/record/api.ts'
import type { seenApi } from '../../domain/record/api.seen.ts'
import type { TableImport, TableMapping } from '../../domain/table/table.ts'
import { signedIn, startCollecting, type Collecting } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser } from '../setup/people.ts'
import { profileBook } from '../setup/profile-book.ts'
import { given, mapped, worked } from '../setup/tables.ts'

const OTOP = new URL('../../../shared/data/resources/otop_products.csv', import.meta.url), FIRST = 300
const CONSTANTS = { visit_date: '2024-03-31', consent: 'no', kind: 'textile', status: 'made', producer_kind: 'group' }

let house: Collecting, wilaiphon: Browser, mali: Browser
beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  wilaiphon = await signedIn(house, { userName: 'wilaiphon', role: 'national-integrator', areas: ['TH'] })
  mali = await signedIn(house, { userName: 'mali', role: 'tambon-integrator', areas: ['TH580703'] })
})

const toMap = (table: TableImport) => Object.fromEntries(table.mapping.columns.map(({ column, target, field }) => [table.columns[column]?.name, field ?? target]))
const economy = async (area: string) => (await wilaiphon.get(`/api/sides/economy/points?area=${area}`)).json() as ReplyOf<typeof seenApi.mapSide>
/** What the tab of economy counts of products. */
const count = async (area: string) => ((await wilaiphon.get(`/api/records/counts?area=${area}`)).json() as ReplyOf<typeof recordApi.countRecords>).items.find(({ dataset }) => dataset === 'otop-product')?.records ?? 0
/** As a spreadsheet saves “CSV UTF-8”. */
const saved = (rows: readonly string[][]) => Buffer.from(`\uFEFF${stringify(rows as string[][], { record_delimiter: '\r\n' })}`)
const rowsOf = (csv: string) => parse(csv, { bom: true }) as string[][]

describe.skipIf(!existsSync(OTOP))('a real list of products (needs ../shared/data/resources)', () => {
  test('its first 300 rows go where their columns suggest; what no column has is said once, and the one candidate is taken everywhere; what stays out is mended in a spreadsheet and sent again, nothing twice', async () => {
    const rows = rowsOf(readFileSync(OTOP, 'utf8')).slice(0, FIRST + 1), table = await given(wilaiphon, 'otop-product', 'otop_products.csv', saved(rows))
    expect(toMap(table)).toEqual({ product_name_th: 'title', local_authority_th: 'tambon', district_th: 'district', province_th: 'province', subdistrict_code_parsed: 'place-code', lat_raw: 'lat', lon_raw: 'lon' })
    const before = await worked(wilaiphon, table.id, 'try'), needed = (before.report?.faults ?? []).filter(({ code }) => code === 'record/required')
    expect(needed.map(({ column, rows }) => [column, rows])).toEqual(Object.keys(CONSTANTS).map(key => [key, FIRST]))
    expect(needed[0]?.first[0]?.say.en).toContain('Give one value for all rows')

    // one value for all rows; then a tambon that is called as its local government, and the district where no tambon is named
    const said: TableMapping = { ...table.mapping, constants: CONSTANTS }
    await mapped(wilaiphon, table, said)
    const near = await worked(wilaiphon, table.id, 'try')
    expect([near.report?.rows.good, near.report?.rows.faulty]).toEqual([234, 66])
    await mapped(wilaiphon, table, { ...said, places: only(near) })
    const done = await worked(wilaiphon, table.id, 'import', { keepGood: true })
    expect(done.report).toMatchObject({ outcome: 'imported', rows: { read: FIRST, new: 297, faulty: 3 }, places: [] })
    expect(done.report?.faults.filter(({ weight }) => weight === 'error').map(({ code, rows }) => [code, rows])).toEqual([['table/half-position', 3]])
    expect([await count('TH'), await count('TH81'), (await economy('TH81')).points.length]).toEqual([297, rows.filter(row => row[5] === '81').length, 13])

    const [header, ...stayed] = rowsOf((await wilaiphon.ask('GET', `/api/tables/${table.id}/faulty`)).body) as [string[], ...string[][]]
    const mended = saved([header, ...stayed.map(row => row.map((cell, i) => header[i] === 'lon_raw' ? '99.3349' : cell))]), again = await given(wilaiphon, 'otop-product', 'otop_products mended.csv', mended)
    expect(again).toMatchObject({ remembered: true, mapping: { constants: CONSTANTS } })
    expect((await worked(wilaiphon, again.id, 'import')).report?.rows).toMatchObject({ read: 3, new: 3, faulty: 0 })
    expect(await count('TH')).toBe(FIRST)
    const twice = await given(wilaiphon, 'otop-product', 'again.csv', mended)
    expect([twice.same?.byName, (await wilaiphon.post(`/api/tables/${twice.id}/import`, {})).json().code, await count('TH')]).toEqual(['wilaiphon', 'table/same-file', FIRST])
    for (const { id } of [again, table]) expect((await worked(wilaiphon, id, 'undo')).state).toBe('undone')
    expect([await count('TH'), (await economy('TH81')).points]).toEqual([0, []])
  })
})

describe('the profile of a tambon, as a form that became a sheet', () => {
  test('is turned by itself, its fields are found by what is asked, and it becomes the record of its year', async () => {
    const table = await given(mali, 'tambon-profile', 'ข้อมูลพื้นฐาน.xlsx', await profileBook())
    expect([table.shape?.turned, table.columns.map(({ name }) => name).filter(name => !(name in toMap(table)))]).toEqual([true, ['รายการ']])
    expect(toMap(table)).toMatchObject({ 'ข้อมูลของปี (พ.ศ.)': 'year_be', ชาย: 'male', จำนวนครัวเรือนทั้งหมด: 'households', 'ผู้สูงอายุ ๖๐ ปีขึ้นไป': 'elderly', 'รพ.สต.': 'health_hospitals', ประปาหมู่บ้าน: 'village_waterworks' })
    await mapped(mali, table, { ...table.mapping, constants: { visit_date: '2024-06-30', figure_sources: 'local' } })
    expect((await worked(mali, table.id, 'import')).report).toMatchObject({ outcome: 'imported', rows: { read: 1, new: 1, faulty: 0 }, byArea: [{ area: 'TH580703', rows: 1 }] })
    const { items: [record] } = (await mali.get('/api/datasets/tambon-profile/records')).json() as { items: { id: string }[] }
    const { record: { values } } = (await mali.get(`/api/records/${record?.id}`)).json() as ReplyOf<typeof recordApi.getRecord>
    expect(values).toMatchObject({ year_be: 2567, male: 2310, female: 2211, households: 1355, elderly: 612, children_0_6: 388, temples: 6, community_enterprises: 9, visit_date: '2024-06-30' })
    expect(values).not.toHaveProperty('banks')
  })

  test('an ordinary list is not turned, however narrow it is', async () => {
    const table = await given(mali, 'tambon-profile', 'ปี.csv', 'ปี พ.ศ.,ชาย,หญิง,ครัวเรือน\n2565,1,2,3\n2566,2,3,4\n2567,3,4,5\n')
    expect([table.shape?.turned, Object.keys(toMap(table))]).toEqual([undefined, ['ปี พ.ศ.', 'ชาย', 'หญิง', 'ครัวเรือน']])
  })
})

/** The one candidate of each place that has one. */
const only = ({ report }: TableImport): Record<string, AreaCode> =>
  Object.fromEntries((report?.places ?? []).flatMap(({ written, candidates: [one, ...more] }) => one && more.length === 0 ? [[written, one.area]] : []))
