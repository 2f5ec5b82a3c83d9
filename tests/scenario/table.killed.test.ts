import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { createReadStream, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { Problem } from '../../domain/base/problem.ts'
import type { TableImportId, TableMapping } from '../../domain/table/table.ts'
import { makeSeal } from '../../server/base/seal.ts'
import { openSpool } from '../../server/base/spool.ts'
import { readAs, SYSTEM, writeAs, type Scope } from '../../server/db/scope.ts'
import { follow } from '../../server/publication/jobs.ts'
import { checkFigures } from '../../server/publication/read.check.ts'
import type { TableJob } from '../../server/table/read.ts'
import { giveTable } from '../../server/table/write.give.ts'
import { askFor, keepMapping } from '../../server/table/write.state.ts'
import { workOn, type Workshop } from '../../server/table/write.work.ts'
import { freshDatabase, type Fresh } from '../setup/fresh.ts'
import { hostileFiles } from '../setup/hostile-files.ts'
import { makePerson } from '../setup/people.ts'
import { makeTempFolder } from '../setup/seeded-folder.ts'

const ROWS = 5000, folder = makeTempFolder(), area = AreaCode.parse('TH58')
let database: Fresh, shop: Workshop, scope: Scope, owner: pg.Client, holder: pg.Client, id: TableImportId

beforeAll(async () => {
  database = await freshDatabase()
  shop = { app: database.app, spool: openSpool(join(folder, 'tables')), seal: makeSeal(database.keys), signal: new AbortController().signal, tell: console.error }
  scope = { person: await makePerson(database, { userName: 'somsak', role: 'provincial-integrator', areas: [area] }), kind: 'person', areas: [area] }
  owner = new pg.Client({ connectionString: database.url })
  holder = new pg.Client({ connectionString: database.url })
  await Promise.all([owner.connect(), holder.connect()])
  const file = join(folder, 'otop.csv')
  writeFileSync(file, `ชื่อ,รหัส,ราคา\n${Array.from({ length: ROWS }, (_, i) => `ผลิตภัณฑ์ที่ ${i},580703,${i + 1}`).join('\n')}\n`)
  id = await giveTable({ ...shop, scope, name: 'somsak' }, { file: 'otop.csv', dataset: DatasetId.parse('otop-product'), stream: createReadStream(file) })
  const reading = { era: 'any', order: 'dmy', unit: null } as const, mapping: TableMapping = {
    columns: [{ column: 0, target: 'field', field: 'title', reading }, { column: 1, target: 'place-code', field: null, reading }, { column: 2, target: 'field', field: 'price', reading }],
    constants: { visit_date: '2025-10-01', kind: 'textile', status: 'made', producer_kind: 'group', consent: 'yes' }, choices: {}, places: {},
  }
  await writeAs(database.app, scope, tx => keepMapping(tx, { area, id }, mapping, false))
})
afterAll(() => Promise.all([owner.end(), holder.end()]))

const ask = (does: TableJob['does']) => writeAs(database.app, scope, tx => askFor(tx, { area, id }, { does, how: { again: false, keepGood: false, keepFaulty: false }, by: { ...scope, name: 'somsak' } }))
const count = async (sql: string) => (await owner.query(`select count(*)::int as n from ${sql}`)).rows[0].n as number
const state = async () => (await owner.query('select state, job is not null as waits, tries from raw.table_import where id = $1', [id])).rows[0]
const there = async () => [await count(`core.record where dataset_id = 'otop-product'`), await count(`raw.act where import_id = '${id}'`), await count(`core.duplicate_turn where dataset_id = 'otop-product'`)]

/** The process that works on it is killed where it can go no further: it waits for the line of its import, which we hold. */
async function killHalfWay(): Promise<void> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../setup/table-worker.ts'), id, join(folder, 'tables')], {
    stdio: 'inherit', env: { ...process.env, DATABASE_URL: database.url, RAKKAEO_KEYS: inject('cluster').keysFile },
  })
  while ((await state()).tries === 0) await wait(5)
  await holder.query('begin')
  await holder.query('select from raw.table_import where id = $1 for update', [id])
  while (await count(`pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`) === 0) await wait(5)
  child.kill('SIGKILL')
  await once(child, 'exit')
  await holder.query('rollback')
  while (await count(`pg_stat_activity where datname = current_database() and state <> 'idle' and query ~ 'table_import' and pid <> pg_backend_pid()`) > 0) await wait(5)
}

test('killed in the middle of an import nothing of it is there, and the next server does it whole; the same of taking it back', async () => {
  const before = await there()
  await ask('import')
  await killHalfWay()
  expect([await there(), await state()]).toEqual([before, { state: 'given', waits: true, tries: 1 }])
  expect(await workOn(shop, id)).toBe(true)
  const whole = before.map(n => n + ROWS)
  expect([await there(), await state()]).toEqual([[whole[0], ROWS, expect.any(Number)], { state: 'imported', waits: false, tries: 2 }])

  await ask('undo')
  await killHalfWay()
  expect([(await there()).slice(0, 2), await state()]).toEqual([[whole[0], ROWS], { state: 'imported', waits: true, tries: 1 }])
  await workOn(shop, id)
  expect([await there(), await state()]).toEqual([before, { state: 'undone', waits: false, tries: 2 }])
  while ((await follow(database.app) ?? 1) > 0);
  expect(await readAs(database.app, SYSTEM, checkFigures)).toMatchObject({ different: 0 })
}, 120_000)

test('whatever somebody sends is read or refused in a sentence by the very job, and a trial leaves nothing', async () => {
  const before = await there(), plain = { again: false, keepGood: true, keepFaulty: false }, reading = { era: 'any', order: 'dmy', unit: null } as const
  for (const { name, bytes, expect: kind } of hostileFiles()) {
    const dataset = DatasetId.parse('otop-product'), found = await giveTable({ ...shop, scope, name: 'somsak' }, { file: name, dataset, stream: Readable.from([Buffer.from(bytes)]) }).catch((error: unknown) => error)
    if (found instanceof Problem) { expect([name, found.code, found.say.th]).toEqual([name, 'table/not-a-table', expect.stringMatching(/[ก-๙]/)]); continue }
    const of = { area, id: found as TableImportId }
    await writeAs(database.app, scope, async tx => {
      await keepMapping(tx, of, { columns: [{ column: 0, target: 'field', field: 'title', reading }], constants: { village: 'TH580703' }, choices: {}, places: {} }, false)
      await askFor(tx, of, { does: 'try', how: plain, by: { ...scope, name: 'somsak' } })
    })
    expect(await workOn(shop, of.id)).toBe(true)
    const { rows: [row] } = await owner.query('select state, trouble, report from raw.table_import where id = $1', [of.id])
    expect([name, row.state, row.trouble, kind === 'refused' ? row.report.outcome : 'read']).toEqual([name, 'tried', null, kind === 'refused' ? 'refused' : 'read'])
    expect([name, row.report.faults.every(({ first }: { first: { say: { th: string } }[] }) => first.every(({ say }) => /[ก-๙]/.test(say.th)))]).toEqual([name, true])
  }
  expect(await there()).toEqual(before)
}, 240_000)
