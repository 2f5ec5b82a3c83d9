import { join } from 'node:path'
import { Readable } from 'node:stream'
import type pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { DatasetId, type AreaCode } from '../../domain/base/ids.ts'
import { Problem } from '../../domain/base/problem.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { ChangePlan } from '../../domain/change/change.ts'
import type { TableImportId, TableMapping } from '../../domain/table/table.ts'
import { makeSeal } from '../../server/base/seal.ts'
import { openSpool } from '../../server/base/spool.ts'
import { changePlace, previewChange, type Changer } from '../../server/change/write.ts'
import { undoChange } from '../../server/change/write.undo.ts'
import { OPERATOR, readAs, SYSTEM, writeAs } from '../../server/db/scope.ts'
import { follow } from '../../server/publication/jobs.ts'
import { checkFigures } from '../../server/publication/read.check.ts'
import { findKept } from '../../server/table/read.ts'
import { giveTable } from '../../server/table/write.give.ts'
import { askFor, keepMapping, settle } from '../../server/table/write.state.ts'
import { workOn, type Workshop } from '../../server/table/write.work.ts'
import { differencesOf, furnishedDemo, HOME, PART, split, village, type Dump } from '../setup/changing.ts'
import { dumpPlaces } from '../setup/dump.ts'
import type { Fresh } from '../setup/fresh.ts'
import { makeTempFolder } from '../setup/seeded-folder.ts'

const ATTRACTION = DatasetId.parse('attraction'), changer: Changer = { areas: [NATION], by: { name: 'ปรีชา', person: null } }
const MOVE = { kind: 'move', area: PART, code: 'TH580650', day: '2026-11-21', reason: 'พระราชกฤษฎีกา' } as unknown as ChangePlan
const MERGE = { kind: 'merge', areas: ['TH580704', HOME], code: 'TH580709', name: { th: 'ถ้ำลอดใหม่', en: '' }, day: '2026-11-20', reason: 'พระราชกฤษฎีกา' } as unknown as ChangePlan
let database: Fresh, owner: pg.Client, shop: Workshop, before: Dump

beforeAll(async () => {
  const demo = await furnishedDemo()
  database = demo.database
  owner = demo.owner
  shop = { app: database.app, spool: openSpool(join(makeTempFolder(), 'tables')), seal: makeSeal(database.keys), signal: new AbortController().signal, tell: message => { throw new Error(message) } }
  await choose()
  before = await dumped()
})

/** What stays of an import on purpose: its line and how its columns went; and what jobs do again by themselves: which records are to be compared, and when the last one came. */
const LEFT = ['raw.table_import', 'core.table_mapping', 'core.duplicate_turn', 'core.record_last']
async function dumped(): Promise<Dump> {
  while (await follow(database.app) !== 0);
  const dump = await dumpPlaces(owner)
  return Object.fromEntries(Object.entries(dump).filter(([table]) => !LEFT.includes(table)))
}

const count = async (what: string) => (await owner.query<{ n: number }>(`select count(*)::int as n from ${what}`)).rows[0]?.n
const reading = { era: 'any', order: 'dmy', unit: null } as const, MAPPING: TableMapping = {
  columns: [{ column: 0, target: 'record-id', field: null, reading }, { column: 1, target: 'place-code', field: null, reading }, { column: 2, target: 'field', field: 'title', reading }],
  constants: { visit_date: '2025-10-01', kind: 'cave', status: 'open', not_public: 'no' }, choices: {}, places: {},
}

type Row = [id: string, place: string, title: string]

async function bringIn(area: string, rows: readonly Row[]): Promise<TableImportId> {
  const id = await giveTable({ ...shop, scope: { ...OPERATOR, areas: [area as AreaCode] }, name: 'ปรีชา' }, { file: 'a.csv', dataset: ATTRACTION, stream: Readable.from(`id,code,title\n${rows.map(row => row.join(',')).join('\n')}\n`) })
  await writeAs(database.app, SYSTEM, tx => keepMapping(tx, { area: area as AreaCode, id }, MAPPING, false))
  const kept = await asked(id, 'import')
  expect([kept?.trouble, kept?.report?.rows.good]).toEqual([null, rows.length])
  return id
}

let stayed: string, gone: string, came: string, left: string
async function choose(): Promise<void> {
  const { rows } = await owner.query<{ id: string; area_code: string }>(`select id, area_code from core.record where dataset_id = 'attraction' and area_code like '${HOME}%' and state in ('received', 'approved', 'returned', 'verified') order by id`)
  const inPart = rows.filter(({ area_code }) => area_code >= village(5)), others = rows.filter(({ area_code }) => area_code < village(5))
  ;[stayed, gone, left, came] = [...inPart.slice(0, 3), others[0]].map(row => row?.id ?? '') as [string, string, string, string]
}

/** New ones in three villages and in the whole; of those that are there one is updated where it lies, one goes into the other part, one comes from there, one goes to another tambon. */
const bringAll = () => bringIn('TH58', [
  [stayed, '', 'อยู่ที่เดิม'], [gone, village(2), 'ไปอีกส่วน'], [came, village(6), 'มาจากอีกส่วน'], [left, 'TH58070401', 'ไปตำบลอื่น'],
  ['', village(1), 'ใหม่ 1'], ['', village(5), 'ใหม่ 5'], ['', village(7), 'ใหม่ 7'], ['', HOME, 'ใหม่'],
])

async function asked(id: TableImportId, does: 'import' | 'undo') {
  const { rows: [line] } = await owner.query<{ area_code: AreaCode }>('select area_code from raw.table_import where id = $1', [id])
  await writeAs(database.app, SYSTEM, tx => askFor(tx, { area: line!.area_code, id }, { does, how: { again: true, keepGood: false, keepFaulty: true }, by: { ...OPERATOR, name: 'ปรีชา' } }))
  await workOn(shop, id)
  return readAs(database.app, SYSTEM, tx => findKept(tx, [NATION], id))
}

async function takenBack(id: TableImportId) {
  const kept = await asked(id, 'undo')
  expect([kept?.trouble, kept?.state]).toEqual([null, 'undone'])
  return kept?.report?.undone
}

async function changed(plan: ChangePlan) {
  const { seen } = await writeAs(database.app, OPERATOR, tx => previewChange(tx, changer, plan))
  return (await writeAs(database.app, OPERATOR, tx => changePlace(tx, changer, plan, seen))).id
}
const changedBack = (id: Awaited<ReturnType<typeof changed>>) => writeAs(database.app, OPERATOR, tx => undoChange(tx, changer, id))

async function expectWhole(as: Dump) {
  expect(differencesOf(as, await dumped())).toEqual({})
  expect(await count(`core.record r where r.acts <> (select count(*) from raw.act a where a.record_id = r.id and a.area_code = r.area_code)`)).toBe(0)
  expect(await count(`raw.act a where not exists (select from core.record r where r.id = a.record_id and r.area_code = a.area_code)`), 'acts without their record').toBe(0)
}

test('an import is taken back, and so is what it moved with its history', async () => {
  const id = await bringAll()
  await owner.query('delete from core.duplicate_turn')
  expect(await takenBack(id)).toEqual({ removed: 4, restored: 4, recoded: 0 })
  expect(await count(`core.duplicate_turn t join core.record r on r.id = t.record_id and r.area_code = t.area_code`), 'compared anew').toBe(4)
  await expectWhole(before)
})

test('tambons are put together after the import: both are taken back, whichever first', async () => {
  const first = await bringAll(), one = await changed(MERGE)
  await changedBack(one)
  expect(await takenBack(first)).toEqual({ removed: 4, restored: 4, recoded: 8 })
  await expectWhole(before)
  const second = await bringAll(), other = await changed(MERGE)
  await takenBack(second)
  await changedBack(other)
  await expectWhole(before)
})

test('the import is taken back first: what is left is what the split alone would have made, and is taken back as well', async () => {
  const alone = await changed(split), parted = await dumped()
  await changedBack(alone)
  const id = await bringAll(), change = await changed(split)
  expect(await takenBack(id)).toEqual({ removed: 4, restored: 4, recoded: 4 })
  // the ledger says when it was written
  const { 'core.area_change': _ledger, ...rest } = differencesOf(parted, await dumped())
  expect(rest).toEqual({})
  await changedBack(change)
  await expectWhole(before)
})

test('two changes, then the import is taken back, then both changes', async () => {
  const id = await bringAll(), one = await changed(split), two = await changed(MOVE)
  expect(await takenBack(id)).toMatchObject({ removed: 4, restored: 4 })
  await changedBack(two)
  await changedBack(one)
  await expectWhole(before)
})

test('an import into the new part stands against taking the split back, until it is taken back itself; what is left of it goes along', async () => {
  const change = await changed(split), id = await bringIn(PART, [[stayed, '', 'อยู่ที่เดิม'], ['', village(5, PART), 'ใหม่'], ['', PART, 'ใหม่']])
  await expect(changedBack(change)).rejects.toThrow(Problem)
  await takenBack(id)
  await changedBack(change)
  await expectWhole(before)
  expect((await owner.query('select area_code from raw.table_import where id = $1', [id])).rows).toEqual([{ area_code: HOME }])
  // whoever was at it meanwhile kept nothing and begins anew: else its rows would go in twice
  await expect(writeAs(database.app, SYSTEM, tx => settle(tx, { area: PART as AreaCode, id }, 'imported', null))).rejects.toThrow('does not lie in')
})

test('whoever edited one of its records since is told of, and nothing is taken back', async () => {
  const id = await bringAll(), change = await changed(split), now = await dumped()
  await owner.query(`insert into raw.act (area_code, record_id, dataset_id, kind, at, person_name) select area_code, id, dataset_id, 'return', now(), 'x' from core.record where id = $1`, [stayed])
  expect((await asked(id, 'undo'))?.trouble?.en).toContain(stayed)
  await owner.query(`delete from raw.act where kind = 'return' and person_name = 'x'`)
  expect(differencesOf(now, await dumped())).toEqual({})
  await takenBack(id)
  await changedBack(change)
  await expectWhole(before)
  expect(await readAs(database.app, SYSTEM, checkFigures)).toMatchObject({ different: 0 })
})
