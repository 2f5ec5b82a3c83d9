import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Action } from '../domain/audit/rules.actions.ts'
import { NATION } from '../domain/area/rules.ts'
import { backupProblems } from '../domain/backup/problems.ts'
import type { Environment } from '../server/base/environment.ts'
import { keysFileOf, type Keys } from '../server/base/keys.ts'
import { startProblems } from '../server/base/problems.ts'
import type { Db } from '../server/db/db.ts'
import { note } from '../server/db/note.ts'
import { openPlace } from '../server/db/open.ts'
import { loginAs, makeClient, makeDb, type Connection } from '../server/db/pool.ts'
import { APP } from '../server/db/roles.ts'
import { OPERATOR, writeAs } from '../server/db/scope.ts'
import { findKeysId } from '../server/db/suitable.ts'

/** A database that is there already, as it is: nothing of it is migrated or loaded. */
export type There = { admin: Connection; keys: Keys }

/** The database of the running server, or one that is started for this and stopped after it. One that was never made is not made now. */
export async function withPlace<T>(environment: Environment, work: (there: There) => Promise<T>): Promise<T> {
  const { dataFolder, databaseUrl } = environment, keysFile = keysFileOf(environment), place = placeNameOf(environment)
  if (!databaseUrl && !existsSync(join(dataFolder, 'postgres/PG_VERSION'))) throw backupProblems.nothingThere({ place })
  const { admin, keys, close } = await openPlace(environment, 'command')
  try {
    if (!keys) throw startProblems.keysMissing({ file: keysFile })
    const known = await withAdmin(admin, findKeysId)
    if (!known) throw backupProblems.nothingThere({ place })
    if (known !== keys.id) throw startProblems.keysOther({ file: keysFile })
    return await work({ admin, keys })
  } finally {
    await close()
  }
}

/** Where that is, for a sentence; without a password. */
export function placeNameOf({ databaseUrl, dataFolder }: Environment): string {
  if (!databaseUrl) return dataFolder
  const { host, pathname } = new URL(databaseUrl)
  return host + pathname
}

export async function withAdmin<T>(admin: Connection, work: (client: ReturnType<typeof makeClient>) => Promise<T>): Promise<T> {
  const client = makeClient(admin, 'rakkaeo command')
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/** As the server writes, at the operator's wish. */
export async function withApp<T>({ admin, keys }: There, work: (app: Db) => Promise<T>): Promise<T> {
  const app = makeDb(loginAs(admin, APP, keys.app), { name: 'rakkaeo command', max: 1 })
  return work(app).finally(() => app.destroy())
}

/** The line in the audit of what the operator did with all of it. */
export function leaveTrace(there: There, action: Action, target: string): Promise<void> {
  return withApp(there, app => writeAs(app, OPERATOR, tx => note(tx, { action, area: NATION, target })))
}
