import { sql } from 'kysely'
import type { ChainLine, Seal } from '../../engine/base/chain.ts'
import type { Reader } from '../db/db.ts'

export type SealEnd = Pick<Seal, 'id' | 'hash'>
/** Transactions of a PostgreSQL, from `from` up to and without `until`; until null: all later ones. */
export type Span = { cluster: string; from: string; until: string | null }

const LINE = sql`id, area_code as area, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, cluster::text, transaction::text,
  actor, actor_name as "actorName", kind, action, target, about, reason`
const SEAL = sql`id, cluster::text, from_transaction::text as "from", until_transaction::text as until, lines::text[], hashes, previous, hash`

/** This PostgreSQL, and its oldest transaction that still runs: all before it are over, and what they wrote is seen. */
export async function getHorizon(tx: Reader): Promise<{ cluster: string; oldest: string }> {
  const { rows } = await sql<{ cluster: string; oldest: string }>`
    select (pg_control_system()).system_identifier::text as cluster, pg_snapshot_xmin(pg_current_snapshot())::text as oldest`.execute(tx)
  return rows[0] as { cluster: string; oldest: string }
}

/** Another PostgreSQL, restored into this one, whose last lines nobody sealed. */
export async function findForeignCluster(tx: Reader, own: string): Promise<string | null> {
  const { rows } = await sql<{ cluster: string }>`
    select l.cluster::text from audit.line l where l.cluster <> ${own}
    and l.transaction >= coalesce((select s.until_transaction from audit.seal s where s.cluster = l.cluster order by s.id desc limit 1), '0') limit 1`.execute(tx)
  return rows[0]?.cluster ?? null
}

export async function findLastSeal(tx: Reader): Promise<SealEnd | null> {
  const { rows } = await sql<SealEnd>`select id, hash from audit.seal order by id desc limit 1`.execute(tx)
  return rows[0] ?? null
}

/** The first transaction of a cluster that is not sealed. */
export async function getSealedUntil(tx: Reader, cluster: string): Promise<string> {
  const { rows } = await sql<{ until: string }>`select until_transaction::text as until from audit.seal where cluster = ${cluster} order by id desc limit 1`.execute(tx)
  return rows[0]?.until ?? '0'
}

/** The transaction of the line after `count` lines of a span; null when there are not so many. */
export async function findTransactionAfter(tx: Reader, span: Span, count: number): Promise<string | null> {
  const { rows } = await sql<{ transaction: string }>`select transaction::text from audit.line where ${inSpan(span)} order by audit.line.transaction, id offset ${count} limit 1`.execute(tx)
  return rows[0]?.transaction ?? null
}

/** The lines of a span in the order of the chain. */
export async function listSpan(tx: Reader, span: Span): Promise<ChainLine[]> {
  const { rows } = await sql<ChainLine>`select ${LINE} from audit.line where ${inSpan(span)} order by audit.line.transaction, id`.execute(tx)
  return rows
}

export async function listSeals(tx: Reader, after: number, limit: number): Promise<Seal[]> {
  const { rows } = await sql<Seal & { lines: string[] }>`select ${SEAL} from audit.seal where id > ${after} order by id limit ${limit}`.execute(tx)
  return rows.map(row => ({ ...row, lines: row.lines.map(Number) }))
}

/** Lines that no seal holds yet. */
export async function countUnsealed(tx: Reader): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from audit.line l where l.transaction >= coalesce((select s.until_transaction from audit.seal s where s.cluster = l.cluster order by s.id desc limit 1), '0')`.execute(tx)
  return rows[0]?.count ?? 0
}

function inSpan({ cluster, from, until }: Span) {
  return sql`cluster = ${cluster} and transaction >= ${from}::xid8 ${until === null ? sql`` : sql`and transaction < ${until}::xid8`}`
}
