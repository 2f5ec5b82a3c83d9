import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { TableMapping, TableReport } from '../../domain/table/table.ts'
import { signedIn, startCollecting, type Collecting } from '../setup/collecting.ts'
import { rakkaeo } from '../setup/command.ts'
import { filesFolderOf } from '../setup/database.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { hostileFiles } from '../setup/hostile-files.ts'
import { makeBook, rowXml, sheetXml } from '../setup/hostile-files.zip.ts'
import type { Browser } from '../setup/people.ts'
import { makeTempFolder } from '../setup/seeded-folder.ts'
import { given, giveTable, mapped, worked } from '../setup/tables.ts'
import { countRows } from '../setup/tpmap-imports.ts'

const FILES = new Map([...hostileFiles()].map(({ name, bytes }) => [name, bytes])), HOME = 'TH580703', MEGABYTE = 1024 * 1024, TOO_LARGE = 2 ** 31 + 1
/** What a person is told: in Thai, in English. */
const TOLD: Record<string, [th: RegExp, en: RegExp]> = {
  'old.xls': [/“บันทึกเป็น” เลือก Excel Workbook \(\.xlsx\)/, /“Save as” and Excel Workbook \(\.xlsx\)/], 'locked.xlsx': [/รหัสผ่าน/, /password/], 'macro.xlsm': [/มาโคร/, /macros/],
  'bomb-declared.xlsx': [/384 เมกะไบต์/, /384 megabytes/], 'bomb-overlap.xlsx': [/384 เมกะไบต์/, /384 megabytes/], 'bomb-lies.xlsx': [/เสียหาย/, /damaged/], 'laughs-strings.xlsx': [/เสียหาย/, /damaged/],
  'utf8-then-tis-2.csv': [/คนละแบบ/, /another way/], 'nul-1.csv': [/\(NUL\)/, /NUL characters/], 'columns-10000.csv': [/10000 คอลัมน์/, /10000 columns/],
}
let house: Collecting, mali: Browser, spool: string, isOver = false, watching: Promise<number[]>

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  mali = await signedIn(house, { userName: 'mali', role: 'tambon-integrator', areas: [HOME] })
  spool = join(filesFolderOf(house.database.name), 'tables')
  watching = watch()
})
afterAll(() => { isOver = true })

/** Others ask all the while. */
async function watch(): Promise<number[]> {
  const answers: number[] = []
  for (; !isOver; await wait(25)) answers.push((await fetch(`${house.address}/api/health`)).status)
  return answers
}

const left = () => existsSync(spool) ? readdirSync(spool) : []
const inTables = async () => { const { 'audit.line': _a, 'audit.seal': _s, 'raw.table_import': _i, ...rows } = await countRows(house.database); return rows }

test('what is no table, or a trap, is refused as it comes, in a sentence of the language of whoever gave it, and nothing of it stays', async () => {
  const before = await countRows(house.database)
  for (const [name, says] of Object.entries(TOLD)) for (const [i, lang] of (['th', 'en'] as const).entries()) {
    mali.headers['accept-language'] = lang
    const reply = await giveTable(mali, 'otop-product', name, FILES.get(name) as Uint8Array)
    expect([name, reply.statusCode, reply.json().code, reply.json().detail]).toEqual([name, 400, 'table/not-a-table', expect.stringMatching(says[i as 0 | 1])])
  }
  expect([await countRows(house.database), left()]).toEqual([before, []])
})

const READING = { era: 'any', order: 'dmy', unit: null } as const
const MAPPING: TableMapping = { columns: [{ column: 0, target: 'field', field: 'title', reading: READING }], constants: { visit_date: '2025-10-01', kind: 'food', food_group: 'ready', status: 'made', producer_kind: 'group', consent: 'yes' }, choices: {}, places: {} }
/** A workbook that is in order as far as one looks before it is read. */
const LATER = makeBook({ sheets: { a: sheetXml(Array.from({ length: 3_000 }, (_, i) => rowXml(i + 1, [i === 0 ? 'name' : `ผ้าทอ ${i}`])).join('') + '<row r="1"/>') } })

test('what shows only while it is read keeps all of it out; values that came from another workbook are values', async () => {
  const before = await inTables()
  for (const [name, bytes, code] of [['later.xlsx', LATER, 'table/cut'], ['too-many-1.csv', FILES.get('too-many-1.csv') as Uint8Array, 'table/ragged'], ['formula-outside.xlsx', FILES.get('formula-outside.xlsx') as Uint8Array, null]] as const) {
    const table = await mapped(mali, await given(mali, 'otop-product', name, bytes), MAPPING), tried = await worked(mali, table.id, 'try')
    expect([name, tried.report?.outcome, tried.report?.faults.map(fault => fault.code)]).toEqual([name, code === 'table/cut' ? 'refused' : 'would-import', code === null ? [] : [code]])
    if (code !== null) expect((await worked(mali, table.id, 'import', { keepGood: code === 'table/cut' })).report).toMatchObject({ outcome: 'refused', faults: [{ code, first: [{ say: { th: expect.stringMatching(/[ก-๙]/), en: expect.stringMatching(/^The /) } }] }] })
  }
  expect(await inTables()).toEqual(before)
})

/** A file that is sent as it is made. */
async function send(length: number | null, pieces: Iterable<Buffer>): Promise<{ status: number | undefined; body: { code: string; detail: string } }> {
  const { host: _host, 'content-length': _length, ...headers } = mali.headers
  const sending = request(`${house.address}/api/tables?dataset=otop-product`, { method: 'POST', headers: { ...headers, cookie: [...mali.jar].map(([name, value]) => `${name}=${value}`).join('; '), 'content-type': 'multipart/form-data; boundary=x', ...length === null ? {} : { 'content-length': length } } })
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>
  sending.write('--x\r\ncontent-disposition: form-data; name="file"; filename="large.csv"\r\n\r\nname,rai\r\n')
  for (const piece of pieces) if (!sending.write(piece)) await once(sending, 'drain')
  if (length === null) sending.end('\r\n--x--\r\n')
  const [reply] = await answered, body = await json(reply) as { code: string; detail: string }
  sending.destroy()
  return { status: reply.statusCode, body }
}

test('two gigabytes are refused before they are sent; what is sent is never held, and goes', async () => {
  mali.headers['accept-language'] = 'th'
  expect(await send(TOO_LARGE, [])).toMatchObject({ status: 413, body: { code: 'table/too-large', detail: expect.stringMatching(/แบ่งเป็นหลายไฟล์/) } })
  const before = process.memoryUsage().rss, nothing = Buffer.alloc(MEGABYTE)
  let most = 0
  expect(await send(null, function* () { for (let i = 0; i < 150; i++) { most = Math.max(most, process.memoryUsage().rss); yield nothing } }())).toMatchObject({ status: 400, body: { detail: expect.stringMatching(/NUL/) } })
  expect((most - before) / MEGABYTE).toBeLessThan(100)
  expect(left().filter(name => name.endsWith('.table')).length).toBe(3)
})

test('at the command line too: a sparse file of two gigabytes, a bomb, and a workbook with a program in it', async () => {
  const folder = makeTempFolder(), files = ['large.csv', 'bomb-lies.xlsx', 'macro.xlsm'], before = await countRows(house.database)
  for (const name of files) writeFileSync(join(folder, name), FILES.get(name) ?? '')
  truncateSync(join(folder, 'large.csv'), TOO_LARGE)
  const env = { DATABASE_URL: house.database.url, RAKKAEO_KEYS: inject('cluster').keysFile, RAKKAEO_DATA: join(folder, 'data') }
  const ran = await Promise.all(files.map(name => rakkaeo(['import', 'table', join(folder, name), '--dataset', 'otop-product', '--json'], { env })))
  expect(ran.map(({ code, out }) => [code, (JSON.parse(out) as TableReport).faults[0]?.code])).toEqual([[2, 'table/too-large'], [2, 'table/cut'], [2, 'table/macro']])
  for (const { out } of ran) expect((JSON.parse(out) as TableReport).faults[0]?.first[0]?.say).toEqual({ th: expect.stringMatching(/[ก-๙]/), en: expect.stringMatching(/^The /) })
  expect([await countRows(house.database), existsSync(join(folder, 'data/tables')) ? readdirSync(join(folder, 'data/tables')) : []]).toEqual([before, []])
})

test('all the while others are answered', async () => {
  isOver = true
  const answers = await watching
  expect([answers.length > 10, answers.filter(status => status !== 200)]).toEqual([true, []])
})
