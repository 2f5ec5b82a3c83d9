import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Keys } from '../base/keys.ts'
import { scramVerifier } from './scram.ts'

/** Owns and migrates · reads and writes · sees the schema `open` and nothing else · knows passwords and sessions and nothing else · seals the audit. */
export const OWNER = 'rakkaeo_owner', APP = 'rakkaeo_app', PUBLIC = 'rakkaeo_public', AUTH = 'rakkaeo_auth', SEALER = 'rakkaeo_sealer'

/** The roles that log in, with their passwords. */
export function loginsOf(keys: Keys): readonly (readonly [role: string, password: string])[] {
  return [[APP, keys.app], [PUBLIC, keys.public], [AUTH, keys.auth], [SEALER, keys.sealer]]
}

const SETTING_UP = 7254404
const SALT_BYTES = 16

/** What a server answers when two of its databases are set up at once: roles are the server's, and a lock holds in one database only. */
const MADE_MEANWHILE = ['23505', '42710', 'XX000']
const TRIES = 20, PAUSE_MS = 100

/** Makes the roles and gives those that log in their passwords from the keys file. */
export async function makeRoles(client: pg.Client, keys: Keys, tries = TRIES): Promise<void> {
  try {
    await makeAll(client, keys)
  } catch (error) {
    if (tries <= 1 || !MADE_MEANWHILE.includes((error as pg.DatabaseError).code ?? '')) throw error
    await wait(PAUSE_MS)
    await makeRoles(client, keys, tries - 1)
  }
}

async function makeAll(client: pg.Client, keys: Keys): Promise<void> {
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock($1)', [SETTING_UP])
    for (const role of [OWNER, APP, PUBLIC, AUTH, SEALER]) await makeRole(client, role)
    for (const [role, password] of loginsOf(keys)) await givePassword(client, role, password)
    await becomeMember(client)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

async function makeRole(client: pg.Client, role: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
  if (!rowCount) await client.query(`create role ${role} ${role === OWNER ? 'nologin' : 'login'}`)
}

/** The salt follows from the password: the same password is the same row, and a second server changes nothing. */
async function givePassword(client: pg.Client, role: string, password: string): Promise<void> {
  const salt = createHash('sha256').update(`${role} ${password}`).digest().subarray(0, SALT_BYTES)
  await client.query(`alter role ${role} login password ${pg.escapeLiteral(scramVerifier(password, salt))}`)
}

/** The connecting user acts as owner during migrations, and the owner may make schemas here. */
async function becomeMember(client: pg.Client): Promise<void> {
  const { rows: [me] } = await client.query(
    `select current_user as name, current_database() as database, r.rolsuper or pg_has_role(current_user, $1, 'member') as is_member
     from pg_roles r where r.rolname = current_user`, [OWNER])
  if (!me.is_member) await client.query(`grant ${OWNER} to ${pg.escapeIdentifier(me.name)}`)
  await client.query(`grant create, connect on database ${pg.escapeIdentifier(me.database)} to ${OWNER}`)
  await client.query(`grant connect on database ${pg.escapeIdentifier(me.database)} to ${APP}, ${PUBLIC}, ${AUTH}, ${SEALER}`)
  // Where a temporary table can be made, a function can be made too; only the loading of places needs one.
  await client.query(`revoke temporary on database ${pg.escapeIdentifier(me.database)} from public`)
  await client.query(`grant temporary on database ${pg.escapeIdentifier(me.database)} to ${APP}`)
}
