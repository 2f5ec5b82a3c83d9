import { addressOf, type Environment } from '../base/environment.ts'
import { findKeys, keysFileOf, type Keys } from '../base/keys.ts'
import type { AuthDb, Db } from './db.ts'
import { openEmbedded } from './embedded.ts'
import { loginAs, makeDb, type Connection } from './pool.ts'
import { prepare } from './prepare.ts'
import { APP, AUTH, PUBLIC, SEALER } from './roles.ts'
import type { AuthTables } from './tables.auth.ts'

/** The database as the server sees it: pools with different rights. */
export type Database = {
  app: Db
  public: Db
  /** Accounts, sessions and tokens; only server/auth uses it. */
  auth: AuthDb
  /** Only the sealer of the audit uses it. */
  sealer: Db
  /** The secrets of this installation. */
  keys: Keys
  /** What was migrated on opening. */
  migrated: string[]
  /** Waits for what is being asked; `abandon` breaks it off and undoes it. */
  close(how?: 'abandon'): Promise<void>
}

const POOL_SIZE = 10, AUTH_POOL_SIZE = 5
/** Nobody waits longer for a public page. */
const PUBLIC_QUERY_LIMIT_MS = 20_000

/** Opens the embedded database or the one of DATABASE_URL, with its roles made and its schema brought up to date. */
export async function openDatabase(environment: Environment, as: 'server' | 'command', onStep: (name: string) => void = () => {}): Promise<Database> {
  const place = await openPlace(environment, as)
  try {
    const { keys, migrated } = await prepare(place.admin, place.keys, keysFileOf(environment), onStep)
    const pools = makePools(place.admin, keys)
    const close = async (how?: 'abandon') => {
      if (how !== 'abandon') await Promise.all(Object.values(pools).map(pool => pool.destroy()))
      await place.close()
    }
    return { ...pools, keys, migrated, close }
  } catch (error) {
    await place.close()
    throw error
  }
}

export type Place = { admin: Connection; keys: Keys | null; close(): Promise<void> }

/** Where the database is, with the keys that were found; nothing of it is changed. */
export async function openPlace(environment: Environment, as: 'server' | 'command'): Promise<Place> {
  const keysFile = keysFileOf(environment)
  if (!environment.databaseUrl) return openEmbedded(environment.dataFolder, keysFile, as === 'server' ? addressOf(environment) : null)
  return { admin: { connectionString: environment.databaseUrl }, keys: findKeys(keysFile), close: async () => {} }
}

function makePools(admin: Connection, keys: Keys): Pick<Database, 'app' | 'public' | 'auth' | 'sealer'> {
  return {
    app: makeDb(loginAs(admin, APP, keys.app), { name: 'rakkaeo app', max: POOL_SIZE }),
    public: makeDb(loginAs(admin, PUBLIC, keys.public), { name: 'rakkaeo public', max: POOL_SIZE, statementTimeoutMs: PUBLIC_QUERY_LIMIT_MS }),
    auth: makeDb<AuthTables>(loginAs(admin, AUTH, keys.auth), { name: 'rakkaeo auth', max: AUTH_POOL_SIZE, statementTimeoutMs: PUBLIC_QUERY_LIMIT_MS }),
    sealer: makeDb(loginAs(admin, SEALER, keys.sealer), { name: 'rakkaeo sealer', max: 1 }),
  }
}
