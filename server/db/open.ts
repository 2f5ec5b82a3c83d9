import pg from 'pg'
import type { Environment } from '../base/environment.ts'
import { reasonOf } from '../base/folder.ts'
import { findKeys, keysFileOf, makeKeys, type Keys } from '../base/keys.ts'
import { startProblems } from '../base/problems.ts'
import type { Db } from './db.ts'
import { openEmbedded } from './embedded.ts'
import { checkApplied, migrate } from './migrate.ts'
import { makeClient, makeDb, type Connection } from './pool.ts'
import { APP, makeRoles, PUBLIC } from './roles.ts'
import { checkServer, findKeysId, keepKeysId } from './suitable.ts'

/** The database as the server sees it: two pools with different rights. */
export type Database = {
  app: Db
  public: Db
  /** What was migrated on opening. */
  migrated: string[]
  announce(address: string): Promise<void>
  close(): Promise<void>
}

const POOL_SIZE = 10
/** Nobody waits longer for a public page. */
const PUBLIC_QUERY_LIMIT_MS = 20_000

/** Opens the embedded database or the one of DATABASE_URL, with its roles made and its schema brought up to date. */
export async function openDatabase(environment: Environment, as: 'server' | 'command', onStep: (name: string) => void = () => {}): Promise<Database> {
  const place = await openPlace(environment, as)
  try {
    const { keys, migrated } = await prepare(place, keysFileOf(environment), onStep)
    const pools = makePools(place.admin, keys)
    const close = async () => { await Promise.all([pools.app.destroy(), pools.public.destroy()]); await place.close() }
    return { ...pools, migrated, announce: place.announce, close }
  } catch (error) {
    await place.close()
    throw error
  }
}

type Place = { admin: Connection; keys: Keys | null; announce(address: string): Promise<void>; close(): Promise<void> }

async function openPlace(environment: Environment, as: 'server' | 'command'): Promise<Place> {
  const keysFile = keysFileOf(environment)
  if (!environment.databaseUrl) return openEmbedded(environment.dataFolder, keysFile, as)
  return { admin: { connectionString: environment.databaseUrl }, keys: findKeys(keysFile), announce: async () => {}, close: async () => {} }
}

/** Everything that may refuse comes before anything that changes. */
async function prepare({ admin, keys }: Place, keysFile: string, onStep: (name: string) => void): Promise<{ keys: Keys; migrated: string[] }> {
  const client = await connectAdmin(admin)
  try {
    await checkServer(client)
    await checkApplied(client)
    const right = chooseKeys(await findKeysId(client), keys, keysFile)
    await makeRoles(client, right).catch(error => { throw refused(admin, error) })
    const migrated = await migrate(client, undefined, onStep)
    if (migrated.length > 0) await keepKeysId(client, right.id)
    return { keys: right, migrated }
  } finally {
    await client.end().catch(() => {})
  }
}

/** New keys only for a new database: a foreign or lost file must not replace the one that the database knows. */
function chooseKeys(knownId: string | null, keys: Keys | null, file: string): Keys {
  if (knownId && !keys) throw startProblems.keysMissing({ file })
  if (knownId && keys && keys.id !== knownId) throw startProblems.keysOther({ file })
  return keys ?? makeKeys(file)
}

async function connectAdmin(admin: Connection): Promise<pg.Client> {
  const client = makeClient(admin, 'rakkaeo setup')
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    throw refused(admin, error as pg.DatabaseError)
  }
}

/** A server that answered with a refusal, or none that answered. */
function refused(admin: Connection, error: pg.DatabaseError): Error {
  const { host, port, user } = makeClient(admin, '')
  const address = `${host}:${port}`
  return error instanceof pg.DatabaseError
    ? startProblems.databaseRefused({ address, user: user ?? '', reason: error.message })
    : startProblems.databaseUnreachable({ address, reason: reasonOf(error) })
}

function makePools(admin: Connection, keys: Keys): { app: Db; public: Db } {
  const { host, port, database = '', ssl } = makeClient(admin, '')
  const place = { host, port, database, ssl }
  return {
    app: makeDb({ ...place, user: APP, password: keys.app }, { name: 'rakkaeo app', max: POOL_SIZE }),
    public: makeDb({ ...place, user: PUBLIC, password: keys.public }, { name: 'rakkaeo public', max: POOL_SIZE, statementTimeoutMs: PUBLIC_QUERY_LIMIT_MS }),
  }
}
