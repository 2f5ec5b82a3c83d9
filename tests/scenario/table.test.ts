import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { recordApi } from '../../domain/record/api.ts'
import type { TableMapping } from '../../domain/table/table.ts'
import { follow } from '../../server/publication/jobs.ts'
import { checkFigures } from '../../server/publication/read.check.ts'
import { readAs, SYSTEM } from '../../server/db/scope.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { listNotes, type Browser } from '../setup/people.ts'
import { giveTable, given, mapped, tableOf, worked } from '../setup/tables.ts'
import { countRows } from '../setup/tpmap-imports.ts'

const HOME = 'TH580703'
type Detail = ReplyOf<typeof recordApi.getRecord>

/** มะลิ answers for Tham Lot, สมศักดิ์ for its province, วิไลพร for the nation; คำแก้ว only collects. */
let house: Collecting
const people = {} as Record<'mali' | 'somsak' | 'wilaiphon' | 'khamkaeo' | 'klai', Browser>

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  people.mali = await signedIn(house, { userName: 'mali', role: 'tambon-integrator', areas: [HOME] })
  people.somsak = await signedIn(house, { userName: 'somsak', role: 'provincial-integrator', areas: ['TH58'] })
  people.wilaiphon = await signedIn(house, { userName: 'wilaiphon', role: 'national-integrator', areas: ['TH'] })
  people.khamkaeo = await signedIn(house, { userName: 'khamkaeo', role: 'collector', areas: [HOME] })
  people.klai = await signedIn(house, { userName: 'klai', role: 'tambon-integrator', areas: ['TH580102'] })
})

/** As old programs of Thailand write it. */
function windows874(text: string): Buffer {
  return Buffer.from([...text].map(letter => { const code = letter.codePointAt(0) as number; return code < 0x80 ? code : code - 0x0e00 + 0xa0 }))
}

const DIRTY = windows874(`บัญชีผลิตภัณฑ์ชุมชน จังหวัดแม่ฮ่องสอน,,,,,,,\r
ข้อมูล ณ เดือนตุลาคม ๒๕๖๘,,,,,,,\r
ลำดับ,ชื่อผลิตภัณฑ์,อำเภอ,ตำบล,วันที่เก็บข้อมูล,ราคาขายปลีกต่อหน่วย (บาท),ละติจูด,ลองจิจูด\r
๑,ผ้าทอกะเหรี่ยง,ปางมะผ้า,ถ้ำลอด,๐๑/๑๐/๒๕๖๘,"๑,๒๐๐",19.5658,98.2774\r
๒,ถั่วลายเสือ,อ.ปางมะผ้า,ต.ถ้ำลอด,2 ต.ค. 2568,80,,\r
๓,งาดำ,ปางมะผ้า,ต.สบปอง-ไม่มีจริง,03/10/2568,50,,\r
๔,น้ำมันงา,ปางมะผ้า,ถ้ำลอด,04/10/2568,ไม่แน่นอนมาก,,\r
๕,กาแฟ,ปางมะผ้า,ถ้ำลอด,05/10/2568,0,,\r
`)

const CONSTANTS = { kind: 'food', food_group: 'ready', status: 'made', producer_kind: 'group', consent: 'yes' }
const column = (column: number, to: string) => ['district', 'tambon', 'lat', 'lon', 'place-code', 'record-id'].includes(to) ? { column, target: to as 'lat', field: null, reading: READING } : { column, target: 'field' as const, field: to, reading: READING }
const READING = { era: 'any', order: 'dmy', unit: null } as const
const MAPPING: TableMapping = { columns: ['title', 'district', 'tambon', 'visit_date', 'price', 'lat', 'lon'].map((to, i) => column(i + 1, to)), constants: CONSTANTS, choices: {}, places: {} }
const listed = async (who: Browser, query = '') => ((await who.get(`/api/datasets/otop-product/records?limit=200${query}`)).json() as { items: { id: string; title: string; area: string; state: string }[] }).items
const page = async (who: Browser, id: string) => (await who.get(`/api/records/${id}`)).json() as Detail
const inTables = async () => { await untilQuiet(); const { 'audit.line': _a, 'audit.seal': _s, ...rows } = await countRows(house.database); return rows }
const untilQuiet = async () => { while ((await follow(house.database.app) ?? 1) > 0); }

describe('a dirty table of products', () => {
  let first: string

  test('is tried, its unknown place is chosen, its good rows go in; they stand in the list, on the map and in the history', async () => {
    const { somsak, mali } = people, before = await inTables()
    const table = await given(somsak, 'otop-product', 'otop 58.csv', DIRTY)
    expect(table).toMatchObject({ state: 'given', area: 'TH58', shape: { encoding: 'windows-874', separator: ',', headerRow: 3 }, byName: 'somsak', remembered: false, same: null, hasFaulty: false })
    expect(table.mapping.columns.map(({ field }) => field)).toEqual(expect.arrayContaining(['title', 'visit_date', 'price']))
    await mapped(somsak, table, MAPPING)
    const { report, state } = await worked(somsak, table.id, 'try')
    expect([state, report?.outcome, report?.rows]).toEqual(['tried', 'would-import', { read: 5, good: 2, faulty: 3, new: 2, updated: 0, unchanged: 0 }])
    expect(report?.places).toMatchObject([{ written: expect.stringContaining('ไม่มีจริง'), rows: 1 }])
    expect(report?.faults.filter(({ weight }) => weight === 'error').map(({ code }) => code).sort()).toEqual(['record/price-above-0', 'table/not-number', 'table/unknown-place'])
    // nothing but the import itself is there
    expect({ ...await inTables(), 'raw.table_import': 0 }).toEqual({ ...before, 'raw.table_import': 0 })

    const refused = await worked(somsak, table.id, 'import')
    expect([refused.state, refused.report?.outcome, await listed(somsak, '&state=received')]).toEqual(['refused', 'refused', []])
    const written = report?.places[0]?.written as string
    await mapped(somsak, table, { ...MAPPING, places: { [written]: 'TH580701' as never } })
    const done = await worked(somsak, table.id, 'import', { keepGood: true })
    expect([done.state, done.report?.outcome, done.report?.rows, done.hasFaulty]).toEqual(['imported', 'imported', { read: 5, good: 3, faulty: 2, new: 3, updated: 0, unchanged: 0 }, true])
    expect(done.report?.byArea).toEqual([{ area: HOME, rows: 2 }, { area: 'TH580701', rows: 1 }])

    const records = await listed(somsak)
    expect(records.map(({ title, area, state }) => [title, area, state]).sort()).toEqual([['งาดำ', 'TH580701', 'received'], ['ถั่วลายเสือ', HOME, 'received'], ['ผ้าทอกะเหรี่ยง', HOME, 'received']])
    first = records.find(({ title }) => title === 'ผ้าทอกะเหรี่ยง')?.id as string
    const { record, history, faults } = await page(mali, first)
    expect(record).toMatchObject({ day: '2025-10-01', point: { lat: 19.5658, lon: 98.2774 }, values: { title: 'ผ้าทอกะเหรี่ยง', price: 1200, village: HOME, visit_date: '2025-10-01', kind: 'food' } })
    expect([faults, history.map(({ kind, byName, client }) => [kind, byName, client])]).toEqual([[], [['make', 'somsak', 'table:4']]])
    expect(history[0]?.changes).toContainEqual(expect.objectContaining({ key: 'title', before: null, after: 'ผ้าทอกะเหรี่ยง' }))
    const points = (await mali.get('/api/datasets/otop-product/points')).json() as { points: { id: string }[] }
    expect(points.points.map(({ id }) => id)).toContain(first)
    await untilQuiet()
    expect(await readAs(house.database.app, SYSTEM, checkFigures)).toMatchObject({ different: 0 })
    expect(await tableOf(mali, table.id)).toMatchObject({ code: 'table/no-import' })
  })
  test('what stayed out is fetched with what to mend, is mended and given again as it is; then all of it is taken back', async () => {
    const { somsak, mali } = people, before = await inTables(), [done] = ((await somsak.get('/api/tables?dataset=otop-product')).json() as { items: { id: string }[] }).items as [{ id: string }]
    const file = (await somsak.ask('GET', `/api/tables/${done.id}/faulty`)).body
    expect(file.split('\r\n')).toEqual([
      '\uFEFFลำดับ,ชื่อผลิตภัณฑ์,อำเภอ,ตำบล,วันที่เก็บข้อมูล,ราคาขายปลีกต่อหน่วย (บาท),ละติจูด,ลองจิจูด,ต้องแก้อะไร',
      expect.stringMatching(/^๔,น้ำมันงา,ปางมะผ้า,ถ้ำลอด,04\/10\/2568,ไม่แน่นอนมาก,,,.*ราคาขายปลีก/), expect.stringMatching(/^๕,กาแฟ,.*ราคาต้องมากกว่า 0/), '',
    ])
    for (const who of [people.wilaiphon, people.mali, people.klai]) expect((await who.get(`/api/tables/${done.id}/faulty`)).statusCode).toBe(404)

    const again = await given(somsak, 'otop-product', 'otop 58-faulty.csv', file.replace('ไม่แน่นอนมาก', '120').replace(',0,', ',๙๐,'))
    expect(again).toMatchObject({ remembered: true, mapping: { constants: CONSTANTS } })
    expect(again.mapping.columns).toHaveLength(7)
    const mended = await worked(somsak, again.id, 'import')
    expect([mended.state, mended.report?.rows.new, mended.hasFaulty, (await listed(somsak)).length]).toEqual(['imported', 2, false, 5])
    expect(await worked(somsak, again.id, 'undo')).toMatchObject({ state: 'undone', report: { outcome: 'undone' }, trouble: null })
    expect({ ...await inTables(), 'raw.table_import': 0 }).toEqual({ ...before, 'raw.table_import': 0 })

    // once somebody did something to one of its records, the whole stays
    expect((await mali.post('/api/datasets/otop-product/acts', { act: 'approve', ids: [first] })).statusCode).toBe(200)
    expect((await worked(somsak, done.id, 'undo')).trouble?.en).toContain(first)
    expect(await listed(somsak)).toHaveLength(3)
    expect((await listNotes(house.database)).filter(line => line.startsWith('table.'))).toEqual(['table.give', 'table.import', 'table.faulty', 'table.give', 'table.import', 'table.undo'])
  })

  test('the same bytes are told, and go in again only when that is meant; nobody else’s file is worked on', async () => {
    const { somsak, wilaiphon, klai, khamkaeo } = people, table = await given(somsak, 'otop-product', 'other name.csv', DIRTY)
    expect(table.same).toMatchObject({ byName: 'somsak' })
    expect((await somsak.post(`/api/tables/${table.id}/import`, { keepGood: true })).json()).toMatchObject({ code: 'table/same-file' })
    expect((await wilaiphon.post(`/api/tables/${table.id}/try`)).json()).toMatchObject({ code: 'table/not-own' })
    expect((await klai.get(`/api/tables/${table.id}`)).statusCode).toBe(404)
    expect((await giveTable(khamkaeo, 'otop-product', 'a.csv', DIRTY)).json()).toMatchObject({ code: 'access/no-right' })
    expect((await giveTable(wilaiphon, 'household', 'a.csv', DIRTY)).json()).toMatchObject({ code: 'table/no-right' })
    expect((await wilaiphon.get(`/api/tables/${table.id}`)).json().columns[1]).toEqual({ index: 1, name: 'ชื่อผลิตภัณฑ์', samples: [] })
    expect((await worked(somsak, table.id, 'import', { again: true, keepGood: true })).report?.rows).toMatchObject({ good: 3, new: 3 })
    await worked(somsak, table.id, 'undo')
  })
})

describe('beside the slow way', () => {
  test('the same rows sent one by one from a telephone give the same records; a second table updates only what differs', async () => {
    const { mali } = people, phone = await telephoneOf(house, people.khamkaeo, [HOME]), offered = (await phone.listForms()).find(({ id }) => id === 'otop-product'), { xform } = await phone.download(offered as never)
    const rows = fc.sample(fc.record({
      title: fc.constantFrom('ผ้าทอ', 'ก', 'ถั่วลายเสือ', 'น้ำผึ้ง "ป่า"'), kind: fc.constantFrom('food', 'textile'), status: fc.constantFrom('made', 'stopped'), producer_kind: fc.constantFrom('group', 'owner'),
      price: fc.constantFrom('', '0', '80', '1200'), members: fc.constantFrom('', '0', '12'), stars: fc.constantFrom('', '5', 'never'), stars_year: fc.constantFrom('', '2560', '2400'), consent: fc.constantFrom('', 'yes', 'no'), contact_name: fc.constantFrom('', 'มานี'),
      position: fc.constantFrom('', '19.5658 98.2774', '18.1 98.2774'), village: fc.constantFrom(HOME, `${HOME}01`),
    }), { numRuns: 40, seed: 7 }).map((row, i) => ({ ...row, visit_date: '2025-10-01', food_group: row.kind === 'food' ? 'ready' : '', materials: `แถว ${i}` }))
    for (const row of rows) {
      const entity = `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="otop-product" id="${randomUUID()}" create="1"><label>x</label></entity>`
      expect((await phone.submit(fillIn(xform, row, { entity }).xml)).status).toBe(201)
    }
    await untilRead(house)
    const keys = Object.keys(rows[0] as object).filter(key => key !== 'village' && key !== 'position')
    const csv = `${[...keys, 'code', 'lat', 'lon'].join(',')}\n${rows.map(row => [...keys.map(key => `"${row[key as 'title'].replaceAll('"', '""')}"`), row.village, ...row.position === '' ? ['', ''] : row.position.split(' ')].join(',')).join('\n')}\n`
    const table = await given(mali, 'otop-product', 'many.csv', csv)
    await mapped(mali, table, { columns: [...keys.map((key, i) => column(i, key)), { ...column(keys.length, 'place-code') }, column(keys.length + 1, 'lat'), column(keys.length + 2, 'lon')], constants: {}, choices: {}, places: {} })
    const done = await worked(mali, table.id, 'import', { keepFaulty: true })
    expect([done.trouble, done.report?.rows]).toEqual([null, { read: 40, good: 40, faulty: 0, new: 40, updated: 0, unchanged: 0 }])
    const stand = (imported: boolean) => readAs(house.database.app, SYSTEM, tx => sql<{ row: Record<string, unknown> }>`
      select jsonb_build_object('area', r.area_code, 'state', r.state, 'form', r.version, 'day', r.day, 'open', r.open, 'internal', r.internal, 'personal', r.personal, 'sensitive', r.sensitive, 'faults', r.faults, 'asked', r.asked, 'answered', r.answered,
        'lat', r.lat, 'lon', r.lon, 'kept', r.point_kept, 'shown', r.may_publish, 'type', r.type, 'acts', r.acts, 'versions', r.versions) as row
      from core.record r where r.area_code >= ${HOME} and r.area_code < ${`${HOME}~`} and r.dataset_id = 'otop-product' and r.open ->> 'materials' like 'แถว %'
        and exists (select from raw.act a where a.area_code = r.area_code and a.record_id = r.id and (a.import_id is not null) = ${imported}) order by substr(r.open ->> 'materials', 5)::int`.execute(tx)).then(({ rows }) => rows.map(({ row }) => row))
    const [slow, fast] = [await stand(false), await stand(true)]
    expect(slow.filter(({ faults }) => (faults as unknown[]).length > 0).length).toBeGreaterThan(5)
    expect(fast).toEqual(slow)

    const before = await inTables(), [one, other] = (await listed(mali)).filter(({ title }) => title === 'ผ้าทอ') as unknown as [{ id: string }, { id: string }]
    const price = async ({ id }: { id: string }) => (await page(mali, id)).record.values['price'], was = [await price(one), await price(other)]
    const update = await given(mali, 'otop-product', 'update.csv', `record,price\n${one.id},4321\n${other.id},${was[1] ?? ''}\n${randomUUID()},5\n`)
    await mapped(mali, update, { columns: [column(0, 'record-id'), column(1, 'price')], constants: {}, choices: {}, places: {} })
    const updated = await worked(mali, update.id, 'import', { keepGood: true })
    expect([updated.report?.rows, updated.report?.faults.filter(({ weight }) => weight === 'error').map(({ code }) => code)]).toEqual([{ read: 3, good: 2, faulty: 1, new: 0, updated: 1, unchanged: 1 }, ['table/no-record']])
    const { record, history } = await page(mali, one.id)
    expect([record.values['price'], record.versions, history.map(({ kind }) => kind), history[0]?.changes.map(({ key, before, after }) => [key, before, after])]).toEqual([4321, 2, ['update', 'make'], [['price', was[0] ?? null, 4321]]])
    await worked(mali, update.id, 'undo')
    expect([await price(one), { ...await inTables(), 'raw.table_import': 0, 'core.duplicate_turn': 0, 'core.table_mapping': 0 }]).toEqual([was[0], { ...before, 'raw.table_import': 0, 'core.duplicate_turn': 0, 'core.table_mapping': 0 }])
    await untilQuiet()
    expect(await readAs(house.database.app, SYSTEM, checkFigures)).toMatchObject({ different: 0 })
  })
})
