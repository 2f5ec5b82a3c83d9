import type pg from 'pg'
import { startProblems } from '../base/problems.ts'

/**
 * Who is at the embedded database: every process holds the first lock shared while it works, the serving one also the second.
 * Locks go with the connection, so a process that was killed leaves none behind. The last one out turns off the light.
 */
const NAME = 'rakkaeo', LONGEST_NAME = 63
const PRESENT = 7254401, SERVING = 7254402

/** False: the last one is just leaving and stops the database. */
export async function enter(session: pg.Client): Promise<boolean> {
  const { rows } = await session.query('select pg_try_advisory_lock_shared($1) as inside', [PRESENT])
  return rows[0].inside
}

/** One server per data folder; others read from the session's name where it serves. */
export async function claim(session: pg.Client, folder: string, address: string): Promise<void> {
  const { rows } = await session.query('select pg_try_advisory_lock($1) as mine', [SERVING])
  if (!rows[0].mine) throw startProblems.alreadyRunning({ folder, address: await servingAddress(session) ?? '?' })
  await session.query(`select set_config('application_name', $1, false)`, [`${NAME} ${address}`.slice(0, LONGEST_NAME)])
}

export async function servingAddress(session: pg.Client): Promise<string | null> {
  const { rows } = await session.query(
    `select application_name from pg_stat_activity join pg_locks using (pid) where locktype = 'advisory' and objid = $1 and granted`, [SERVING])
  return rows[0]?.application_name.replace(`${NAME} `, '') ?? null
}

/** True: nobody else is there, and nobody can enter any more. */
export async function leave(session: pg.Client): Promise<boolean> {
  await session.query('select pg_advisory_unlock_shared($1)', [PRESENT])
  const { rows } = await session.query('select pg_try_advisory_lock($1) as last', [PRESENT])
  return rows[0].last
}
