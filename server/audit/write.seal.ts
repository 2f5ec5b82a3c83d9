import { sql } from 'kysely'
import { makeSeal, type Seal } from '../../engine/base/chain.ts'
import type { Db, Writer } from '../db/db.ts'
import { findForeignCluster, findLastSeal, findTransactionAfter, getHorizon, getSealedUntil, listSpan, type Span } from './read.seal.ts'

const LINES_PER_SEAL = 1000
/** One sealer at a time, whichever server it runs in. */
const SEALING = 7254405

/**
 * Adds the next link over what finished transactions wrote; gives the number of lines in it, 0 when all is sealed or another
 * server is at it. A running transaction holds back those after it: its own lines may still come.
 */
export function sealNext(sealer: Db): Promise<number> {
  // one statement's view each would let a transaction end between two of them
  return sealer.transaction().setIsolationLevel('repeatable read').execute(async tx => {
    const { rows: [lock] } = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${SEALING}) as got`.execute(tx)
    return lock?.got ? sealFrom(tx as Writer) : 0
  })
}

async function sealFrom(tx: Writer): Promise<number> {
  const { cluster, oldest } = await getHorizon(tx)
  const foreign = await findForeignCluster(tx, cluster)
  const span: Span = { cluster: foreign ?? cluster, from: await getSealedUntil(tx, foreign ?? cluster), until: foreign ? null : oldest }
  const until = await endOf(tx, span)
  const lines = await listSpan(tx, { ...span, until })
  const last = lines.at(-1)
  if (!last) return 0
  await keepSeal(tx, makeSeal(await findLastSeal(tx), { ...span, until: until ?? after(last.transaction) }, lines))
  return lines.length
}

/** Where the link ends: before the transaction that would make it too long, and never inside one. */
async function endOf(tx: Writer, span: Span): Promise<string | null> {
  const next = await findTransactionAfter(tx, span, LINES_PER_SEAL)
  if (next === null) return span.until
  const first = await findTransactionAfter(tx, span, 0)
  return next === first ? after(next) : next
}

function after(transaction: string): string {
  return String(BigInt(transaction) + 1n)
}

async function keepSeal(tx: Writer, { id, cluster, from, until, lines, hashes, previous, hash }: Seal): Promise<void> {
  await sql`insert into audit.seal (id, cluster, from_transaction, until_transaction, lines, hashes, previous, hash)
    values (${id}, ${cluster}, ${from}::xid8, ${until}::xid8, ${[...lines]}::bigint[], ${hashes}, ${previous}, ${hash})`.execute(tx)
}
