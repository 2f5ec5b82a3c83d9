import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { expect, inject } from 'vitest'
import yazl from 'yazl'
import { DatasetId, PersonId, type AreaCode } from '../../domain/base/ids.ts'
import { MANIFEST, type Manifest, type PackageReport } from '../../domain/package/package.ts'
import type { TableMapping } from '../../domain/table/table.ts'
import { makeDoor } from '../../server/auth/door.ts'
import { openFileStore } from '../../server/base/file-store.ts'
import { makeSeal } from '../../server/base/seal.ts'
import { openSpool } from '../../server/base/spool.ts'
import { OPERATOR, readAs, SYSTEM, writeAs } from '../../server/db/scope.ts'
import { loadDemo, settleDemo } from '../../server/demo.ts'
import { openPackage } from '../../server/package/read.given.ts'
import { importPackage } from '../../server/package/write.import.ts'
import { importFile } from '../../server/table/write.command.ts'
import type { House } from '../../tools/roundtrip.compare.ts'
import { environmentOf, filesFolderOf } from './database.ts'
import { freshDatabase, startApp, type Fresh } from './fresh.ts'
import { Browser } from './people.ts'

const PASSWORD = 'ruam-phalang-58'

/** A house with the demo world's people, with or without its records. */
export type Demo = House & { database: Fresh; mali: Browser; somsak: Browser; khamkaeo: Browser }

/** The same people in each; figures of invented records say so, with them or without. */
export async function openDemo(records: boolean): Promise<Demo> {
  const database = await freshDatabase(), environment = environmentOf(inject('cluster'), database.name, { RAKKAEO_DEMO: '1' })
  if (records) await settleDemo({ environment, database })
  else {
    await loadDemo(makeDoor({ environment, database }))
    await writeAs(database.app, SYSTEM, tx => sql`insert into core.seed (name, hash) values ('demo-records', 'none')`.execute(tx))
  }
  const app = await startApp(database), enter = async (name: string) => { const browser = new Browser(app); expect((await browser.signIn(name, PASSWORD)).statusCode).toBe(200); return browser }
  const [mali, somsak, khamkaeo] = [await enter('mali'), await enter('somsak'), await enter('khamkaeo')]
  const ask = async (path: string) => { const reply = await mali.get(`/api${path}`); if (reply.statusCode !== 200) throw new Error(`${path}: ${reply.body}`); return reply.rawPayload }
  return { database, app: database.app, mali, somsak, khamkaeo, ask }
}

const MALI = PersonId.parse('0de30000-0000-4000-8000-000000000006')
const TABLE = 'ชื่อ,รหัสตำบล,วันที่\nผ้าทอ (ตัวอย่าง),580703,1/10/2568\nถั่วลายเสือ (ตัวอย่าง),580703,2/10/2568\n'

/** Two products that came as rows of a table: no submission is behind them. */
export async function importProducts({ app, database }: Demo, area: AreaCode): Promise<void> {
  const reading = { era: 'any', order: 'dmy', unit: null } as const, field = (column: number, field: string) => ({ column, target: 'field' as const, field, reading })
  const mapping: TableMapping = { columns: [field(0, 'title'), { column: 1, target: 'place-code', field: null, reading }, field(2, 'visit_date')], constants: { kind: 'food', food_group: 'ready', status: 'made', producer_kind: 'group', consent: 'yes' }, choices: {}, places: {} }
  const shop = { app, spool: openSpool(join(filesFolderOf(database.name), 'tables')), seal: makeSeal(database.keys), signal: new AbortController().signal, tell: () => {} }
  const report = await importFile(shop, { file: 'products.csv', dataset: DatasetId.parse('otop-product'), stream: Readable.from([Buffer.from(TABLE)]) }, {
    scope: { person: MALI, kind: 'person', areas: [area] }, name: 'มะลิ ตัวอย่าง', mapping, how: { again: false, keepGood: false, keepFaulty: false }, isTrial: false, onProgress: () => {},
  })
  expect([report.outcome, report.rows.new]).toEqual(['imported', 2])
}

/** As `rakkaeo import area` does, with the keys of the house or others. */
export async function bring(into: Pick<Demo, 'app' | 'database'>, from: string, more: { isDryRun?: boolean; pid?: string } = {}): Promise<PackageReport> {
  const given = await openPackage(from)
  try {
    const parts = { files: openFileStore(join(filesFolderOf(into.database.name), 'files')), seal: makeSeal({ pid: more.pid ?? into.database.keys.pid }) }
    return await importPackage(into.app, OPERATOR, parts, given, { isDryRun: more.isDryRun ?? false })
  } finally {
    await given.zip.close()
  }
}

/** The package with other rows, and a manifest that agrees with them. */
export async function changedZip(from: ReadonlyMap<string, Buffer>, parts: Record<string, readonly object[]>): Promise<Buffer> {
  const zip = new yazl.ZipFile(), manifest = JSON.parse(from.get(MANIFEST)!.toString()) as Manifest, bodies = new Map([...from].filter(([name]) => /^(original|photos)\//.test(name)))
  for (const [name, rows] of Object.entries(parts)) {
    const body = Buffer.from(rows.map(row => `${JSON.stringify(row)}\n`).join('')), part = manifest.parts.find(one => one.name === name)!
    Object.assign(part, { rows: rows.length, bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') })
    bodies.set(`original/${name}.jsonl`, body)
  }
  for (const [name, body] of bodies) zip.addBuffer(name === MANIFEST ? Buffer.from(JSON.stringify(manifest)) : body, name)
  zip.end()
  return buffer(zip.outputStream)
}

export async function count({ app }: Pick<House, 'app'>, from: string): Promise<number> {
  const { rows } = await readAs(app, SYSTEM, tx => sql<{ n: number }>`select count(*)::int as n from ${sql.raw(from)}`.execute(tx))
  return rows[0]?.n ?? 0
}
