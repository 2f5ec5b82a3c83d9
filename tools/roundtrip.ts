import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import { AreaCode, GrantId } from '../domain/base/ids.ts'
import { makeApp } from '../server/app.ts'
import { makeDoor } from '../server/auth/door.ts'
import { readEnvironment, type Environment } from '../server/base/environment.ts'
import { openFileStore } from '../server/base/file-store.ts'
import { makeSeal } from '../server/base/seal.ts'
import { openDatabase, type Database } from '../server/db/open.ts'
import { OPERATOR, readAs, SYSTEM, writeAs } from '../server/db/scope.ts'
import { loadDemo, settleDemo } from '../server/demo.ts'
import { openPackage } from '../server/package/read.given.ts'
import { importPackage } from '../server/package/write.import.ts'
import { follow } from '../server/publication/jobs.ts'
import { loadSeeds } from '../server/seed.ts'
import { compareHouses, type House } from './roundtrip.compare.ts'

/**
 * `npm run roundtrip`: everything of a tambon of the demo world goes out of one house as a ZIP and into another, empty one; both are then asked
 * the same. With `--all` every tambon of the province. Ends with `equal=N different=0`; exit code 1 where something differs.
 */
const TAMBON = AreaCode.parse('TH580703'), PROVINCE = AreaCode.parse('TH58')
const INTEGRATOR = { name: 'mali', password: 'ruam-phalang-58' }

type Open = House & { environment: Environment; database: Database; server: FastifyInstance }

const folder = mkdtempSync(join(tmpdir(), 'rakkaeo-roundtrip-')), isAll = process.argv.includes('--all')
const say = (text: string) => console.log(text)

function environmentOf(name: string): Environment {
  return readEnvironment({ ...process.env, DATABASE_URL: '', RAKKAEO_DATA: join(folder, name), RAKKAEO_KEYS: join(folder, `${name}.keys`), RAKKAEO_DEMO: '1', RAKKAEO_RATE_LIMIT: '0' })
}

async function openHouse(name: string, fill: (parts: { environment: Environment; database: Database }) => Promise<unknown>): Promise<Open> {
  const environment = environmentOf(name), database = await openDatabase(environment, 'command', () => {})
  await loadSeeds(database.app, () => {})
  await fill({ environment, database })
  if (isAll) await widen(database)
  const server = await makeApp(environment, database), cookie = await signIn(server)
  const ask = async (path: string) => {
    const reply = await server.inject({ url: `/api${path}`, headers: { cookie } })
    if (reply.statusCode !== 200) throw new Error(`${path}: ${reply.body}`)
    return reply.rawPayload
  }
  return { environment, database, server, app: database.app, ask }
}

/** The people of the demo world, and none of its records. */
async function withoutRecords({ environment, database }: { environment: Environment; database: Database }): Promise<void> {
  await loadDemo(makeDoor({ environment, database }))
  // figures of invented records say so: the same in both
  await writeAs(database.app, SYSTEM, tx => sql`insert into core.seed (name, hash) values ('demo-records', 'none')`.execute(tx))
}

/** One integrator for every tambon of the province, so that one person may take each. */
async function widen({ app }: Database): Promise<void> {
  await writeAs(app, SYSTEM, tx => sql`insert into access.grant (area_code, id, person_id, role, valid_from)
    select ${PROVINCE}, ${GrantId.parse('de300000-0000-8002-8000-000000000002')}::uuid, id, 'tambon-integrator', '2020-01-01' from access.person where user_name = ${INTEGRATOR.name} and area_code >= 'TH'`.execute(tx))
}

async function signIn(server: FastifyInstance): Promise<string> {
  const { name, password } = INTEGRATOR
  const reply = await server.inject({ method: 'POST', url: '/api/auth/sign-in', headers: { 'sec-fetch-site': 'same-origin' }, payload: { name, password } })
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ')
}

async function listTambons({ app }: Open): Promise<AreaCode[]> {
  if (!isAll) return [TAMBON]
  const { rows } = await readAs(app, SYSTEM, tx => sql<{ area: AreaCode }>`select distinct left(area_code, 8) as area from core.record where area_code ^@ ${PROVINCE} and length(area_code) >= 8 order by 1`.execute(tx))
  return rows.map(({ area }) => area)
}

async function carry(from: Open, to: Open, area: AreaCode): Promise<void> {
  const file = join(folder, `${area}.zip`)
  writeFileSync(file, await from.ask(`/packages/${area}/file`))
  const given = await openPackage(file)
  try {
    await importPackage(to.app, OPERATOR, { files: openFileStore(join(to.environment.dataFolder, 'files')), seal: makeSeal(to.database.keys) }, given, { isDryRun: false })
  } finally {
    await given.zip.close()
  }
}

async function close({ server, database }: Open): Promise<void> {
  await server.close()
  await database.close()
}

async function run(): Promise<number> {
  const opened: Open[] = []
  try {
    say('one house with the demo world, and an empty one')
    const one = await openHouse('one', settleDemo)
    opened.push(one)
    // the same keys, so that citizens' numbers can be opened in both
    copyFileSync(join(folder, 'one.keys'), join(folder, 'two.keys'))
    const two = await openHouse('two', withoutRecords), areas = await listTambons(one)
    opened.push(two)
    for (const area of areas) await carry(one, two, area)
    for (const { app } of opened) while (await follow(app) !== 0);
    return await compareAll(one, two, areas)
  } finally {
    for (const house of opened) await close(house)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function compareAll(one: Open, two: Open, areas: readonly AreaCode[]): Promise<number> {
  let equal = 0, different = 0
  for (const area of areas) {
    const outcome = await compareHouses(one, two, area)
    say(`${area}: equal=${outcome.equal} different=${outcome.different}`)
    for (const name of outcome.differing.slice(0, 20)) say(`  differs: ${name}`)
    equal += outcome.equal
    different += outcome.different
  }
  say(`equal=${equal} different=${different}`)
  return different === 0 && equal > 0 ? 0 : 1
}

process.exitCode = await run()
process.exit()
