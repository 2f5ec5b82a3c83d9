import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { parseCsv } from '../../engine/table/parse-csv.ts'
import { readAs, SYSTEM } from '../../server/db/scope.ts'
import { lastLine, rakkaeo } from '../setup/command.ts'
import { freshDatabase, type Fresh } from '../setup/fresh.ts'
import { makePerson } from '../setup/people.ts'
import { makeTempFolder } from '../setup/seeded-folder.ts'
import { publishedProvinces, shareOut, tambonCodes, tpmapFile, type Place } from '../../tools/make-demo/tpmap-files.ts'

let database: Fresh, env: Record<string, string>
const folder = makeTempFolder()
const [own, neighbour] = tambonCodes('58') as [string, string]
const file = join(folder, '61_tambol_common.csv'), poor = join(folder, '61_tambol_poor.csv'), foreign = join(folder, '60_province_common.csv')

beforeAll(async () => {
  database = await freshDatabase()
  env = { DATABASE_URL: database.url, RAKKAEO_KEYS: inject('cluster').keysFile }
  const tambons = shareOut((publishedProvinces().find(({ code }) => code === '58') as Place).cells, tambonCodes('58'))
  writeFileSync(file, tpmapFile('common', tambons))
  writeFileSync(poor, tpmapFile('poor', tambons))
  writeFileSync(foreign, tpmapFile('common', publishedProvinces()))
  await makePerson(database, { userName: 'somsri', role: 'administrator', areas: ['TH58'] })
  await makePerson(database, { userName: 'malee', role: 'tambon-integrator', areas: [`TH${own}`] })
})

const kept = () => readAs(database.app, SYSTEM, tx => sql<{ kind: string; actor: string | null; area: string }>`
  select kind, actor::text, area_code as area from audit.line where area_code >= 'TH' and action = 'import.keep' order by id desc limit 1`.execute(tx)).then(({ rows }) => rows[0])

test('a person imports at the command line what they may import on the site, and no more; the audit says that an operator did it in their name', async () => {
  const refused = await rakkaeo(['import', 'tpmap', foreign, '--as', 'somsri'], { env })
  expect([refused.code, refused.out]).toEqual([2, expect.stringContaining('outside the places')])
  expect((await rakkaeo(['import', 'tpmap', file, poor, '--as', 'somsri'], { env })).code).toBe(0)
  expect(await kept()).toEqual({ kind: 'operator', actor: expect.any(String), area: 'TH58' })
})

test('without a person it is the operator, everywhere, and the audit says so', async () => {
  expect((await rakkaeo(['import', 'tpmap', foreign], { env })).code).toBe(0)
  expect(await kept()).toEqual({ kind: 'operator', actor: null, area: 'TH' })
})

test('an export in the name of a person has the internal figures of their places, and only those', async () => {
  const { out } = await rakkaeo(['export', '--indicator', 'target-poor', '--area', 'TH58', '--level', 'tambon', '--period', '2018', '--as', 'malee'], { env })
  const { header, rows } = parseCsv(out), internal = header.indexOf('internal')
  expect(rows.flatMap(({ cells }) => cells[internal] === 'true' ? [cells[0]] : [])).toEqual([`TH${own}`])
  expect(out).toContain(`\nTH${neighbour},`)
})

test('an unknown person, and one without the right, are told', async () => {
  expect(lastLine(await rakkaeo(['import', 'tpmap', file, '--as', 'nobody'], { env }))).toBe('There is no person with the user name nobody.')
  expect(lastLine(await rakkaeo(['import', 'tpmap', file, '--as', 'malee'], { env }))).toBe('Your roles do not include this. Ask your administrator.')
})
