import type { Lang } from '../domain/base/text.ts'
import { readEnvironment, type Environment } from '../server/base/environment.ts'
import { openDatabase, type Database } from '../server/db/open.ts'
import { settleDemo } from '../server/demo.ts'
import { loadSeeds } from '../server/seed.ts'
import { makeProgress, type Progress } from './progress.ts'
import { say } from './texts.ts'

/** Opens the database with its schema and everything from seed/ in place. */
export async function openHouse(environment: Environment, as: 'server' | 'command', progress: Progress, stop?: AbortSignal): Promise<Database> {
  const database = await openDatabase(environment, as, step => progress.step({ th: `${say.migrating.th}: ${step}`, en: `${say.migrating.en}: ${step}` }))
  const abandon = () => database.close('abandon')
  stop?.addEventListener('abort', abandon)
  try {
    stop?.throwIfAborted()
    await loadSeeds(database.app, progress.count)
    if (as === 'server') await settleDemo({ environment, database }, progress.count)
    return database
  } catch (error) {
    await abandon()
    throw error
  } finally {
    stop?.removeEventListener('abort', abandon)
  }
}

/** A command's visit: the database of the running server, or one that is started for the command and stopped after it. */
export async function withDatabase<T>(lang: Lang, work: (database: Database, environment: Environment) => Promise<T>): Promise<T> {
  const environment = readEnvironment(process.env)
  const database = await openHouse(environment, 'command', makeProgress(lang))
  try {
    return await work(database, environment)
  } finally {
    await database.close()
  }
}
