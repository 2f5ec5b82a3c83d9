import pg from 'pg'
import { reasonOf } from '../base/folder.ts'
import { makeKeys, type Keys } from '../base/keys.ts'
import { startProblems } from '../base/problems.ts'
import { isUpToDate, migrate } from './migrate.ts'
import { loginAs, makeClient, type Connection } from './pool.ts'
import { loginsOf, makeRoles } from './roles.ts'
import { checkServer, findKeysId, findUnfinished, keepKeysId } from './suitable.ts'

/** Everything that may refuse comes before anything that changes. */
export async function prepare(admin: Connection, keys: Keys | null, keysFile: string, onStep: (name: string) => void): Promise<{ keys: Keys; migrated: string[] }> {
  const client = await connectAdmin(admin)
  try {
    await checkServer(client)
    if (await findUnfinished(client)) throw startProblems.restoreUnfinished({})
    const isCurrent = await isUpToDate(client)
    const right = chooseKeys(await findKeysId(client), keys, keysFile)
    if (!isCurrent || !await rolesWork(admin, right)) await makeRoles(client, right).catch(error => { throw refused(admin, error) })
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

/** Whether the roles exist in this server with the passwords of the keys file; after a move to another server they may not. */
async function rolesWork(admin: Connection, keys: Keys): Promise<boolean> {
  const logins = loginsOf(keys).map(([role, password]) => loginAs(admin, role, password))
  const answers = await Promise.all(logins.map(async login => {
    const client = makeClient(login, 'rakkaeo setup')
    client.on('error', () => {})
    const works = await client.connect().then(() => true, () => false)
    await client.end().catch(() => {})
    return works
  }))
  return answers.every(Boolean)
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
