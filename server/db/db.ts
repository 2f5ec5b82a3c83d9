import { sql, type Kysely, type Transaction } from 'kysely'
import type { AuthTables } from './tables.auth.ts'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>
/** The schema `auth`, which only server/auth knows. */
export type AuthDb = Kysely<AuthTables>

declare const canWrite: unique symbol
/** May only SELECT. */
export type Reader = Pick<Kysely<Tables>, 'selectFrom' | 'with' | 'getExecutor'>
/** May change rows; exists only inside `write()`. */
export type Writer = Transaction<Tables> & { readonly [canWrite]: true }

/** One transaction: the whole of `work` happens, or nothing of it. */
export function write<T>(db: Db, work: (tx: Writer) => Promise<T>): Promise<T> {
  return db.transaction().execute(tx => work(tx as Writer))
}

/** One read-only transaction with one view of the data. */
export function read<T>(db: Db, work: (tx: Reader) => Promise<T>): Promise<T> {
  return db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(tx => work(tx))
}

/**
 * One transaction whose beginning is said together with what else it is to know (for whom it speaks): one round trip of every request less.
 * The whole of `work` happens, or nothing of it.
 */
export function transact<T>(db: Db, beginning: string, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
  return db.connection().execute(async connection => {
    try {
      await sql.raw(beginning).execute(connection)
      const result = await work(connection as Transaction<Tables>)
      await commit(connection)
      return result
    } catch (error) {
      // a connection that is lost undoes it by itself, and the pool drops it
      await sql`rollback`.execute(connection).catch(() => {})
      throw error
    }
  })
}

/** After a statement that failed, and whose failure was passed over, PostgreSQL answers COMMIT by taking everything back. */
async function commit(connection: Db): Promise<void> {
  const { rows: [done] } = await sql<{ command: string }>`commit`.execute(connection)
  if (done?.command === 'ROLLBACK') throw new Error('what was asked failed half-way, and nothing of it was kept')
}

/** Does the work for its result alone: whatever it wrote is taken back, and the transaction goes on as if it had not been. */
export async function tryOut<T>(tx: Writer, work: () => Promise<T>): Promise<T> {
  await sql`savepoint try_out`.execute(tx)
  try {
    return await work()
  } finally {
    await sql`rollback to savepoint try_out`.execute(tx)
  }
}
