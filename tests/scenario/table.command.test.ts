import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, inject, test } from 'vitest'
import { sql } from 'kysely'
import type { TableReport } from '../../domain/table/table.ts'
import { readAs, SYSTEM } from '../../server/db/scope.ts'
import { rakkaeo } from '../setup/command.ts'
import { freshDatabase, type Fresh } from '../setup/fresh.ts'
import { makePerson } from '../setup/people.ts'
import { makeTempFolder } from '../setup/seeded-folder.ts'

let database: Fresh, env: Record<string, string>
const folder = makeTempFolder(), file = join(folder, 'otop.csv'), mapping = join(folder, 'mapping.json')

beforeAll(async () => {
  database = await freshDatabase()
  env = { DATABASE_URL: database.url, RAKKAEO_KEYS: inject('cluster').keysFile, RAKKAEO_DATA: join(folder, 'data') }
  writeFileSync(file, 'ชื่อ,รหัสตำบล,วันที่\nผ้าทอ,580703,1/10/2568\nถั่วลายเสือ,580703,2/10/2568\nขนมจีบ,100101,3/10/2568\n')
  const reading = { era: 'any', order: 'dmy', unit: null }, field = (column: number, field: string) => ({ column, target: 'field', field, reading })
  writeFileSync(mapping, JSON.stringify({ columns: [field(0, 'title'), { column: 1, target: 'place-code', field: null, reading }, field(2, 'visit_date')], constants: { kind: 'food', food_group: 'ready', status: 'made', producer_kind: 'group', consent: 'yes' }, choices: {}, places: {} }))
  await makePerson(database, { userName: 'somsri', role: 'provincial-integrator', areas: ['TH58'] })
})

const run = async (...more: string[]) => {
  const ran = await rakkaeo(['import', 'table', ...more, '--json'], { env })
  return { code: ran.code, report: ran.out ? JSON.parse(ran.out) as TableReport : null, err: ran.err }
}
const count = (what: string) => readAs(database.app, SYSTEM, tx => sql<{ n: number }>`select count(*)::int as n from ${sql.table(what)} where area_code >= 'TH'`.execute(tx)).then(({ rows }) => rows[0]?.n)

test('a table is tried and imported at the command line, in the name of a person and within their places', async () => {
  const own = ['--dataset', 'otop-product', '--mapping', mapping, '--as', 'somsri'], before = await count('core.record')
  const tried = await run(file, ...own, '--dry-run')
  expect([tried.code, tried.report?.outcome, tried.report?.rows.new, tried.report?.faults.map(({ code }) => code)]).toEqual([0, 'would-import', 2, ['table/outside']])
  expect([await count('core.record'), await count('raw.table_import'), readdirSync(join(folder, 'data/tables'))]).toEqual([before, 0, []])
  const refused = await run(file, ...own)
  expect([refused.code, refused.report?.outcome, refused.report?.rows.faulty, await count('core.record')]).toEqual([2, 'refused', 1, before])
  const done = await run(file, ...own, '--keep-good')
  expect([done.code, done.report?.outcome, done.report?.byArea, await count('core.record')]).toEqual([0, 'imported', [{ area: 'TH580703', rows: 2 }], (before ?? 0) + 2])
  const twice = await run(file, ...own, '--keep-good')
  expect([twice.code, twice.report?.faults[0]?.first[0]?.say.en]).toEqual([2, expect.stringContaining('very same file')])
})

test('what is no table is refused in a sentence, and nothing of it stays', async () => {
  const zip = join(folder, 'x.csv'), left = () => readdirSync(join(folder, 'data/tables')), before = left()
  writeFileSync(zip, Buffer.from('504b0304140000000800', 'hex'))
  const { code, report } = await run(zip, '--dataset', 'otop-product')
  expect([code, report?.outcome, report?.faults[0]?.first[0]?.say.th]).toEqual([2, 'refused', expect.stringMatching(/[ก-๙]/)])
  expect(left()).toEqual(before)
})

test('what is asked for wrongly is told as JSON as well', async () => {
  const asked = async (...more: string[]) => { const { code, report, err } = await run(...more); return [code, report, err.trim()] }
  const both = 'Say one of the two: --dataset ID if the rows are records, or --source ID if they are figures of places.', gone = join(folder, 'gone.csv')
  expect(await asked(file)).toEqual([1, { code: 'command/dataset-or-source', detail: both }, both])
  expect(await asked(gone, '--dataset', 'otop-product')).toEqual([1, { code: 'command/cannot-read', detail: expect.stringContaining(gone) }, expect.stringContaining(gone)])
  expect((await asked('--nonsense'))[1]).toMatchObject({ code: 'command/usage', detail: expect.stringContaining('--nonsense') })
})
