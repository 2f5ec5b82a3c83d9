import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Api } from '../../domain/base/api.ts'
import { AreaCode } from '../../domain/base/ids.ts'
import { buildSite, SITE_FOLDER } from '../../cli/site.ts'
import { makeApp, rooms } from '../../server/app.ts'
import { room, type Handlers } from '../../server/http/handler.ts'
import { environmentOf } from '../setup/database.ts'
import { freshDatabase, startApp, type Fresh } from '../setup/fresh.ts'
import { makeAskers } from './askers.ts'
import { plantCanaries } from './canaries.ts'
import { runMatrix, type Leak, type World } from './matrix.ts'
import { listPages } from './pages.ts'
import { listPlacedTables, listUnplanted } from './tables.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const PATIENCE_MS = 600_000
let database: Fresh, owner: pg.Client, app: FastifyInstance, world: World

beforeAll(async () => {
  database = await freshDatabase()
  owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
  await buildSite()
  app = await makeApp(environmentOf(inject('cluster'), database.name), database, SITE_FOLDER)
  const tables = await listPlacedTables(owner)
  await plantCanaries(owner, new Set([...tables, 'auth.user', 'auth.session', 'auth.token']))
  world = { app, owner, tables, apis: await listApis(), pages: listPages(ROOT) }
  await atRest()
})
afterAll(() => Promise.all([app.close(), owner.end()]))

/** What is judged again meanwhile would be told otherwise the second time. */
async function atRest(): Promise<void> {
  while ((await owner.query('select from core.check_work where again is not null')).rowCount) await wait(100)
}

/** Read from domain, so that a new route cannot be forgotten. */
async function listApis(): Promise<Api[]> {
  const files = globSync('domain/*/api*.ts', { cwd: ROOT }).filter(file => file !== 'domain/base/api.ts').sort()
  const rooms = await Promise.all(files.map(file => import(resolve(ROOT, file)) as Promise<Record<string, unknown>>))
  return rooms.flatMap(room => Object.entries(room).filter(([name]) => name.endsWith('Api')).map(([, api]) => api as Api))
}

function tell(leaks: readonly Leak[]): string {
  return leaks.slice(0, 40).map(leak => `${leak.asker}: ${leak.route} ${leak.asked}\n    ${leak.what}`).join('\n')
}

test('every table of places that lies under a policy has a canary in every place', async () => {
  expect(await listUnplanted(owner, world.tables)).toEqual([])
})

test('nothing of a foreign place comes out of any route for anyone', async () => {
  const outcome = await runMatrix(world, await makeAskers(app, database, owner))
  console.log(`seen where they may be: ${JSON.stringify(outcome.seen)}; requests=${outcome.requests}`)
  console.log(`pairs=${outcome.pairs} leaks=${outcome.leaks.length}`)
  expect(outcome.leaks.length, tell(outcome.leaks)).toBe(0)
  for (const kind of ['person', 'audit', 'import', 'figure', 'count', 'team', 'record', 'draft', 'personal', 'sensitive']) expect(outcome.seen[kind] ?? 0, `no ${kind} was seen by anybody: nothing is proved`).toBeGreaterThan(0)
}, PATIENCE_MS)

/** A route whose author forgot to state the place. */
const carelessApi = {
  readCarelessly: { method: 'GET', path: '/careless', cache: 'none', who: 'read-audit', query: z.object({ area: AreaCode }), reply: z.object({ items: z.array(z.unknown()) }), summary: { th: 'ลืมพื้นที่', en: 'Forgets the place' } },
} as const satisfies Api
const carelessRoutes: Handlers<typeof carelessApi> = { readCarelessly: async ({ tx }) => ({ items: await tx.selectFrom('audit.line').selectAll().where('area_code', 'in', tx.selectFrom('core.area').select('code')).orderBy('id').execute() }) }

test('a careless route is caught by the net of the database; where the net is torn, the matrix finds the hole', async () => {
  const careless = room(carelessApi, carelessRoutes)
  rooms.push(careless)
  const torn: World = { owner, tables: world.tables, app: await startApp(database), apis: [carelessApi] }
  rooms.splice(rooms.indexOf(careless), 1)
  const askers = await makeAskers(torn.app, database, owner, ['integrator of a tambon'], 'careless')
  expect((await runMatrix(torn, askers)).leaks.length).toBe(0)
  await owner.query('alter policy in_place on audit.line using (true)')
  const { leaks } = await runMatrix(torn, askers)
  expect(leaks.some(leak => /^audit of TH580102 in a reply 200/.test(leak.what))).toBe(true)
  expect(leaks.some(leak => /depends on rows of a foreign place/.test(leak.what))).toBe(true)
}, PATIENCE_MS)
