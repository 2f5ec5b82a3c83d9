import { sql } from 'kysely'
import type { Cell } from './copy.ts'
import type { Writer } from './db.ts'

const ROWS_AT_ONCE = 5000

/**
 * Loads many rows into a table under a policy, where PostgreSQL takes no COPY: each column travels as one list.
 * `columns`: names with their types. Gives the number of rows.
 */
export async function insertMany(tx: Writer, table: string, columns: Record<string, string>, rows: Iterable<Cell[]>): Promise<number> {
  const names = Object.keys(columns), types = Object.values(columns)
  const target = sql`${sql.table(table)} (${sql.join(names.map(name => sql.ref(name)))})`
  // Lists of lists would be flattened: a list in a cell travels as its text.
  const given = sql.join(names.map(name => sql.ref(`row.${name}`)).map((column, i) => sql`${column}::${sql.raw(types[i] as string)}`))
  let count = 0
  for (const batch of batchesOf(rows)) {
    const lists = types.map((type, i) => sql`${listOf(batch, i)}::${sql.raw(type.endsWith('[]') ? 'text' : type)}[]`)
    await sql`insert into ${target} select ${given} from unnest(${sql.join(lists)}) row (${sql.join(names.map(name => sql.ref(name)))})`.execute(tx)
    count += batch.length
  }
  return count
}

function* batchesOf(rows: Iterable<Cell[]>): Generator<Cell[][]> {
  let batch: Cell[][] = []
  for (const row of rows) {
    batch.push(row)
    if (batch.length === ROWS_AT_ONCE) { yield batch; batch = [] }
  }
  if (batch.length > 0) yield batch
}

function listOf(rows: readonly Cell[][], column: number): string {
  return `{${rows.map(row => cellText(row[column] as Cell)).join(',')}}`
}

function cellText(cell: Cell): string {
  if (cell === null) return 'NULL'
  if (typeof cell !== 'string') return String(cell)
  return `"${cell.replace(/["\\]/g, '\\$&')}"`
}
