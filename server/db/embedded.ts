import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { makeFolder } from '../base/folder.ts'
import { findKeys, makeKeys, type Keys } from '../base/keys.ts'
import { startProblems } from '../base/problems.ts'
import { accountFor } from './account.ts'
import { binariesFor } from './binaries.ts'
import { halt, isMade, launch, makeCluster, runningPort, SUPERUSER, type Cluster } from './cluster.ts'
import { makeClient, type Connection } from './pool.ts'
import { claim, enter, leave, servingAddress } from './presence.ts'

const DATABASE = 'rakkaeo'
/** How long we wait for a server that is starting, stopping or recovering. */
const PATIENCE_MS = 60_000
const WRONG_PASSWORD = '28P01', DATABASE_EXISTS = '42P04', ROW_EXISTS = '23505'

export type Embedded = {
  admin: Connection & { host: string }
  keys: Keys
  close(): Promise<void>
}

type Visit = { cluster: Cluster; connection: Connection & { port: number; host: string }; session: pg.Client; closing: boolean }

/**
 * Opens the embedded database of a data folder, making and starting it as needed; the last process to close stops it.
 * `serveAt`: where we are going to serve the site, which only one process does; null for a command's visit.
 */
export async function openEmbedded(dataFolder: string, keysFile: string, serveAt: string | null): Promise<Embedded> {
  const cluster = clusterOf(dataFolder)
  const keys = findKeys(keysFile) ?? (isMade(cluster) ? null : makeKeys(keysFile))
  if (!keys) throw startProblems.keysMissing({ file: keysFile })
  if (!isMade(cluster)) await makeCluster(cluster, keys.superuser)
  const visit = await visitCluster(cluster, keys, keysFile)
  if (serveAt !== null) await claimOrLeave(visit, dataFolder, serveAt)
  return { admin: { ...visit.connection, database: DATABASE }, keys, close: () => close(visit) }
}

/** Where the site of a data folder is being served; null when nobody serves it. Starts and makes nothing. */
export async function findServing(dataFolder: string, keysFile: string): Promise<string | null> {
  const port = runningPort({ folder: join(dataFolder, 'postgres') })
  const keys = port && findKeys(keysFile)
  if (!port || !keys) return null
  const session = makeClient({ host: '127.0.0.1', port, user: SUPERUSER, password: keys.superuser, database: 'postgres' }, 'rakkaeo')
  session.on('error', () => {})
  try {
    await session.connect()
    return await servingAddress(session)
  } finally {
    await session.end().catch(() => {})
  }
}

function clusterOf(dataFolder: string): Cluster {
  const folder = join(dataFolder, 'postgres')
  const account = accountFor(folder)
  makeFolder(dataFolder)
  return { folder, account, binaries: binariesFor(account) }
}

/** A session in which we are counted as present. */
async function visitCluster(cluster: Cluster, keys: Keys, keysFile: string): Promise<Visit> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const port = runningPort(cluster) ?? await launch(cluster)
    const connection = { host: '127.0.0.1', port, user: SUPERUSER, password: keys.superuser, database: 'postgres' }
    const session = await visit(connection).catch(error => error as pg.DatabaseError)
    if (session instanceof pg.Client) return { cluster, connection, session, closing: false }
    if (session?.code === WRONG_PASSWORD) throw startProblems.keysOther({ file: keysFile })
    if (Date.now() > deadline) throw startProblems.databaseFailed({ step: 'connect', log: String(session ?? '') })
    await wait(200)
  }
}

/** Null: the last one there is just leaving and stops the database. */
async function visit(connection: Connection): Promise<pg.Client | null> {
  const session = makeClient(connection, 'rakkaeo')
  session.on('error', () => {})
  await session.connect()
  try {
    if (await enter(session)) return await makeDatabase(session)
  } catch (error) {
    await session.end().catch(() => {})
    throw error
  }
  await session.end().catch(() => {})
  return null
}

async function makeDatabase(session: pg.Client): Promise<pg.Client> {
  const { rowCount } = await session.query('select from pg_database where datname = $1', [DATABASE])
  if (!rowCount) await session.query(`create database ${DATABASE}`).catch(unlessMadeByAnother)
  return session
}

function unlessMadeByAnother(error: pg.DatabaseError): void {
  if (error.code !== DATABASE_EXISTS && error.code !== ROW_EXISTS) throw error
}

async function claimOrLeave(visit: Visit, dataFolder: string, address: string): Promise<void> {
  try {
    await claim(visit.session, dataFolder, address)
    reviveWhenLost(visit, dataFolder, address)
  } catch (error) {
    await close(visit)
    throw error
  }
}

/** If the database dies under a running server, it is started again on the same port, where the pools find it. */
function reviveWhenLost(visit: Visit, dataFolder: string, address: string): void {
  visit.session.once('end', async () => {
    while (!visit.closing) {
      try {
        return await revive(visit, dataFolder, address)
      } catch (error) {
        console.error((error as Error).message)
        await wait(1000)
      }
    }
  })
}

async function revive(lost: Visit, dataFolder: string, address: string): Promise<void> {
  if (runningPort(lost.cluster) === null) await launch(lost.cluster, lost.connection.port)
  const session = await visit(lost.connection)
  if (!session) throw new Error('the database is stopping')
  lost.session = session
  await claim(session, dataFolder, address)
  reviveWhenLost(lost, dataFolder, address)
}

async function close(visit: Visit): Promise<void> {
  visit.closing = true
  const isLast = await leave(visit.session).catch(() => false)
  if (isLast) await halt(visit.cluster)
  await visit.session.end().catch(() => {})
}
