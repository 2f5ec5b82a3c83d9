import { createHash } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import pg from 'pg'
import { sql } from 'kysely'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { AreaCode } from '../../domain/base/ids.ts'
import { MANIFEST, type Manifest, type PackageContents, type PackageReport } from '../../domain/package/package.ts'
import { PARTS, STAYS } from '../../domain/package/rules.parts.ts'
import { makeSeal } from '../../server/base/seal.ts'
import { readAs, SYSTEM, writeAs } from '../../server/db/scope.ts'
import { openPackage } from '../../server/package/read.given.ts'
import { follow } from '../../server/publication/jobs.ts'
import { compareHouses } from '../../tools/roundtrip.compare.ts'
import { rakkaeo } from '../setup/command.ts'
import { filesFolderOf } from '../setup/database.ts'
import { freshDatabase, type Fresh } from '../setup/fresh.ts'
import { bring, changedZip, count, importProducts, openDemo, type Demo } from '../setup/package.ts'
import { makeTempFolder } from '../setup/seeded-folder.ts'
import { unzip } from '../setup/unzip.ts'

const HOME = AreaCode.parse('TH580703')
/** A thing with a photograph and a history, one of persons with a number, one with rows in rows, and one of which some came by a table. */
const ASKED = ['attraction', 'household', 'farmer', 'otop-product']
const folder = makeTempFolder(), file = join(folder, 'package.zip')

let one: Demo, two: Demo, files: Map<string, Buffer>

beforeAll(async () => {
  [one, two] = [await openDemo(true), await openDemo(false)]
  await importProducts(one, HOME)
})

async function entries(house: Demo): Promise<unknown[]> {
  const { rows } = await readAs(house.app, SYSTEM, tx => sql<{ line: unknown }>`select jsonb_build_array(what, format, sensitivities, records > 40, purpose) as line from audit.export where area_code = ${HOME} order by at`.execute(tx))
  return rows.map(({ line }) => line)
}

describe('what Mali takes with her', () => {
  test('is announced by the page before it, and comes as one file without asking anybody', async () => {
    const value = JSON.parse((await one.ask(`/packages/${HOME}`)).toString()) as PackageContents
    expect([value.whole, value.opens, value.withheld, value.datasets.length, value.files > 30, value.bytes > 100_000]).toEqual([true, false, [], 14, true, true])
    const reply = await one.mali.get(`/api/packages/${HOME}/file`)
    expect([reply.statusCode, reply.headers['content-type'], reply.headers['content-disposition']]).toEqual([200, 'application/zip', expect.stringContaining(`rakkaeo-${HOME}-`)])
    writeFileSync(file, reply.rawPayload)
    files = unzip(reply.rawPayload)
    expect(await entries(one)).toEqual([['package', 'zip', ['open', 'internal', 'personal', 'sensitive'], true, null]])
  })

  test('says of each table what its columns are', () => {
    const { resources } = JSON.parse(text('datapackage.json')) as { resources: { name: string; path: string; others?: string[]; licenses?: { name: string }[]; schema: { fields: { name: string; type: string; title: string }[] } }[] }
    expect(resources.map(({ path }) => path)).toEqual(expect.arrayContaining(['data/attraction.csv', 'data/household.member.csv', 'photos/index.csv']))
    for (const { name, path, others = [], licenses = [], schema } of resources) {
      // as its profile asks (specs.frictionlessdata.io/schemas/data-package.json)
      for (const called of [name, ...licenses.map(license => license.name)]) expect(called).toMatch(/^[-a-zA-Z0-9._]+$/)
      expect([...files.keys()]).toEqual(expect.arrayContaining([path, ...others]))
      expect(parse(text(path), { bom: true, to_line: 1 })[0]).toEqual(schema.fields.map(({ name }) => name))
    }
    const { schema } = resources.find(({ name }) => name === 'attraction')!
    expect(schema.fields.find(({ name }) => name === 'position.lat')).toMatchObject({ type: 'number', title: expect.stringContaining('latitude'), sensitivity: 'open' })
  })

  test('names photographs by what they show, each once, and tells whose they are', () => {
    const index = parse<Record<string, string>>(text('photos/index.csv'), { bom: true, columns: true }), cave = index.find(({ title }) => title?.startsWith('ถ้ำน้ำลอด'))!
    expect(cave.path).toMatch(/^photos\/attraction\/ถ้ำน้ำลอด-ตัวอย่าง-[0-9a-f]{8}-photo\.jpg$/)
    for (const { path, sha256 } of index) expect(createHash('sha256').update(files.get(path!)!).digest('hex')).toBe(sha256)
  })

  test('holds citizens’ numbers masked in tables and sealed in the originals, and never open', () => {
    const all = [...files].filter(([name]) => !name.startsWith('photos/')).map(([, bytes]) => bytes.toString('utf8')).join('\n')
    const { sealed } = JSON.parse(text('original/numbers.jsonl').split('\n')[0]!) as { sealed: string }, number = makeSeal(one.database.keys).open(sealed)
    expect(number).toMatch(/^\d{13}$/)
    expect([all.includes(number), all.includes(sealed), /x-xxxx-xxxxx-\d\d-\d/.test(text('data/household.member.csv') + text('data/household.csv') + text('data/returnee.csv') + text('data/farmer.csv'))]).toEqual([false, true, true])
  })

  test('is nothing for a collector, nor of the neighbours', async () => {
    for (const path of ['', '/file']) {
      expect((await one.mali.get(`/api/packages/TH580702${path}`)).statusCode).toBe(404)
      expect((await one.mali.get(`/api/packages/TH58${path}`)).statusCode).toBe(404)
      expect((await one.khamkaeo.get(`/api/packages/${HOME}${path}`)).statusCode).toBe(403)
    }
  })
})

describe('what the province takes', () => {
  /** What is said openly of one thing may be somebody's secret of another: only what nobody says openly is looked for. */
  const elsewhere = () => text('datapackage.json') + text('original/forms.jsonl') + text('original/records.jsonl').trim().split('\n').map(line => JSON.parse(line) as { open: object; internal: object }).map(({ open, internal }) => JSON.stringify([open, internal])).join('')
  const secrets = () => [...new Set(['sensitive', 'personal'].flatMap(kind => text('original/records.jsonl').trim().split('\n').flatMap(line => Object.entries((JSON.parse(line) as Record<string, Record<string, unknown>>)[kind]!).map(([key, value]) => ({ kind, key, value }))))
    .filter(({ value }) => typeof value === 'string' && value.length > 8 && !elsewhere().includes(value)).map(({ kind, value }) => `${kind} ${String(value)}`))]

  test.each([['', false], ['purpose=ดูแผนที่ของจังหวัด', true]])('with “%s” it holds what is personal: %s; what is sensitive never, and it says so', async (purpose, opens) => {
    const reply = await one.somsak.get(`/api/packages/${HOME}/file?${purpose}`), theirs = unzip(reply.rawPayload), all = [...theirs.values()].map(bytes => bytes.toString('utf8')).join('\n')
    const found = secrets().filter(secret => all.includes(secret.slice(secret.indexOf(' ') + 1))).map(secret => secret.split(' ')[0])
    expect([found.includes('personal'), found.includes('sensitive')]).toEqual([opens, false])
    const manifest = JSON.parse(theirs.get(MANIFEST)!.toString()) as Manifest
    expect([manifest.whole, manifest.parts.map(({ name }) => name), new Set(manifest.withheld.map(({ sensitivity }) => sensitivity))]).toEqual([false, ['datasets', 'forms', 'form-files', 'check-sets', 'ladders'], new Set(opens ? ['sensitive'] : ['personal', 'sensitive'])])
    expect(theirs.get('README.txt')!.toString()).toContain('cannot be imported elsewhere')
    writeFileSync(join(folder, 'province.zip'), reply.rawPayload)
    await expect(openPackage(join(folder, 'province.zip'))).rejects.toMatchObject({ code: 'package/not-whole' })
  })
})

describe('the round trip', () => {
  test('a try keeps nothing, and tells which numbers another keys file would lose', async () => {
    const report = await bring(two, file, { isDryRun: true, pid: 'quite another key of thirty-two signs' })
    expect([report.outcome, report.numbersDropped, report.notes[0]?.en, takenOf(report, 'numbers')]).toEqual(['dry-run', 1, expect.stringContaining('sealed with other keys'), 0])
    expect(await Promise.all(['core.record', 'raw.act', 'raw.submission', 'core.national_id'].map(table => count(two, table)))).toEqual([0, 0, 0, 0])
  })

  test('an empty house that takes it in is equal, thing by thing', async () => {
    const report = await bring(two, file)
    expect([report.outcome, report.numbersDropped, report.notes, report.files.taken, takenOf(report, 'records')]).toEqual(['imported', 0, [], report.files.given, await count(one, `core.record where area_code ^@ '${HOME}'`)])
    for (const { app } of [one, two]) while (await follow(app) !== 0);
    // what waits to be compared with the others is compared in each house in its own time
    for (const house of [one, two]) await expect.poll(() => count(house, 'core.duplicate_turn'), { timeout: 30_000, interval: 200 }).toBe(0)
    expect([takenOf(report, 'table-imports'), await count(two, 'raw.act where import_id is not null and answers is not null and line is not null')]).toEqual([1, 2])
    const { equal, differing } = await compareHouses(one, two, HOME, ASKED)
    expect([equal > 1000, differing]).toEqual([true, []])
  })

  test('a second time everything is there already, and is left alone', async () => {
    await writeAs(two.app, SYSTEM, tx => sql`update core.record set versions = versions + 1 where area_code ^@ ${HOME} and dataset_id = 'plant'`.execute(tx))
    const report = await bring(two, file)
    expect(report.parts.map(({ name, given, taken, already }) => [name, taken, given - already])).toEqual(report.parts.map(({ name }) => [name, 0, 0]))
    expect(report.files.taken).toBe(0)
    await writeAs(two.app, SYSTEM, tx => sql`update core.record set versions = versions - 1 where area_code ^@ ${HOME} and dataset_id = 'plant'`.execute(tx))
  })

  test('one byte that is another is found', async () => {
    await writeAs(two.app, SYSTEM, tx => sql`update core.record set open = jsonb_set(open, '{title}', to_jsonb((open ->> 'title') || '.')) where dataset_id = 'attraction' and area_code ^@ ${HOME} and open ->> 'title' ^@ 'ถ้ำน้ำลอด'`.execute(tx))
    const { different, differing } = await compareHouses(one, two, HOME, ASKED)
    expect([different > 3, differing.every(name => /attraction|core\.record|record|title of/.test(name))]).toEqual([true, true])
  })
})

test('every table with a place travels, or says why it stays', async () => {
  const { rows } = await readAs(one.app, SYSTEM, tx => sql<{ name: string }>`select schemaname || '.' || tablename as name from pg_policies where policyname = 'in_place'`.execute(tx)), travels = new Set(PARTS.map(({ table }) => table))
  expect(rows.map(({ name }) => name).filter(name => travels.has(name) === STAYS.has(name))).toEqual([])
  expect([...STAYS.keys()].filter(name => !rows.some(row => row.name === name))).toEqual([])
})

describe('at the command line', () => {
  const run = (...args: string[]) => rakkaeo(args, { env: { DATABASE_URL: one.database.url, RAKKAEO_KEYS: inject('cluster').keysFile, RAKKAEO_DATA: filesFolderOf(one.database.name) } }), out = join(folder, 'command.zip')

  test('a person takes what is theirs and no more; the operator all of any place, and brings it in', async () => {
    expect(await run('export', 'area', 'TH580702', '--out', out, '--as', 'mali')).toMatchObject({ code: 1, out: '' })
    expect(existsSync(out)).toBe(false)
    expect((await run('export', 'area', HOME, '--out', out, '--as', 'somsak')).out).toContain('It is not complete')
    expect(await run('import', 'area', out)).toMatchObject({ code: 1, err: expect.stringContaining('not complete') })
    expect(await run('export', 'area', HOME, '--out', out)).toMatchObject({ code: 0, out: expect.not.stringContaining('not complete') })
    const report = JSON.parse((await run('import', 'area', out, '--dry-run', '--json')).out) as PackageReport
    expect([report.outcome, report.parts.every(({ taken }) => taken === 0), report.parts.find(({ name }) => name === 'records')?.already]).toEqual(['dry-run', true, await count(one, `core.record where area_code ^@ '${HOME}'`)])
  })
})

describe('another house', () => {
  let third: Fresh
  beforeAll(async () => { third = await freshDatabase() })

  test('takes a package with other keys without the numbers, and without anybody’s account', async () => {
    const path = join(folder, 'theirs.zip')
    writeFileSync(path, await changedZip(files, {}))
    const report = await bring({ database: third, app: third.app }, path, { pid: 'quite another key of thirty-two signs' }), { app } = third, house = { app, ask: one.ask }
    expect([report.numbersDropped, await count(house, 'core.national_id'), await count(house, `raw.submission where xml like '%sealed:1:%'`), await count(house, 'core.record') > 40, await count(house, 'access.person')]).toEqual([1, 0, 0, true, 0])
    expect(await count(house, `raw.act where area_code ^@ '${HOME}' and person_name is not null`)).toBeGreaterThan(40)
  })

  test('does not get back by it what it erased: the acts are there, and the photograph stays away', async () => {
    const owner = new pg.Client({ connectionString: third.url }), house = { app: third.app, ask: one.ask }
    await owner.connect()
    const { id, instance } = (await owner.query<{ id: string; instance: string }>('select a.record_id as id, a.instance_id as instance from raw.act a join raw.attachment f using (instance_id, dataset_id) join core.record r on r.id = a.record_id limit 1')).rows[0]!
    await owner.query(`delete from raw.attachment where instance_id = '${instance}'; delete from core.record where id = '${id}'`).finally(() => owner.end())
    const report = await bring({ database: third, app: third.app }, file)
    expect([takenOf(report, 'records'), takenOf(report, 'attachments'), await count(house, `core.record where id = '${id}'`), await count(house, `raw.attachment where instance_id = '${instance}'`)]).toEqual([0, 0, 0, 0])
  })

  test('takes nothing of one that was tampered with, not even a half', async () => {
    const empty = await freshDatabase(), path = join(folder, 'bad.zip'), house = { app: empty.app, ask: one.ask }
    const bare = (row: Row) => ({ ...row, open: { ...row.open, ...row.personal }, personal: {} })
    const bad: [part: string, rows: readonly object[], code: string][] = [
      ['records', rowsOf('records').map(bare), 'package/misfiled'], ['rows', rowsOf('rows').map(bare), 'package/misfiled'],
      ['records', rowsOf('records').map(row => ({ ...row, may_publish: true })), 'package/misfiled'], ['records', rowsOf('records').map(row => ({ ...row, point_kept: 'open' })), 'package/misfiled'],
      ['records', rowsOf('records').map((row, i) => i === 7 ? { ...row, version: '1' } : row), 'package/no-form'],
      ['acts', rowsOf('acts').map((row, i) => i === 5 ? { ...row, at: 'the day before' } : row), 'package/bad-line'], ['forms', rowsOf('forms').map(row => ({ ...row, md5: 'x' })), 'package/other-form'],
    ]
    for (const [part, rows, code] of bad) {
      writeFileSync(path, await changedZip(files, { [part]: rows }))
      expect([part, await bring({ database: empty, app: empty.app }, path).then(() => 'imported', error => (error as { code: string }).code)]).toEqual([part, code])
      expect(await Promise.all(['core.record', 'raw.act', 'raw.submission'].map(table => count(house, table)))).toEqual([0, 0, 0])
    }
  })
})

type Row = Record<string, unknown> & { open: object; personal: object }
const rowsOf = (part: string) => text(`original/${part}.jsonl`).trim().split('\n').map(line => JSON.parse(line) as Row)
const text = (name: string) => files.get(name)!.toString('utf8')
const takenOf = (report: PackageReport, name: string) => report.parts.find(part => part.name === name)?.taken
