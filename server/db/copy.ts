import { finished, pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { CompiledQuery, sql, type RawBuilder } from 'kysely'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { Reader, Writer } from './db.ts'

export type Cell = string | number | boolean | null | Uint8Array

/** Loads many rows by COPY inside the transaction: the fast way in for seeds and imports. Gives the number of rows. */
export async function copyInto(tx: Writer, table: string, columns: string[], rows: Iterable<Cell[]> | AsyncIterable<Cell[]>): Promise<number> {
  const names = columns.map(column => sql.ref(column).compile(tx).sql).join(', ')
  const stream = copyFrom(`copy ${sql.table(table).compile(tx).sql} (${names}) from stdin`)
  await tx.getExecutor().provideConnection(async connection => {
    // The driver takes a stream wherever it takes SQL text; Kysely hands it on untouched, on the connection of this transaction.
    await connection.executeQuery({ ...CompiledQuery.raw(''), sql: stream as unknown as string })
    await pipeline(Readable.from(Symbol.iterator in rows ? linesOf(rows) : linesLater(rows)), stream)
  })
  return stream.rowCount
}

/** What a query gives as COPY writes it, in pieces as they come from the database; nothing is held but the piece. `how`: the options of COPY. */
export async function* copyOut(tx: Reader, query: RawBuilder<unknown>, how: string): AsyncGenerator<Buffer> {
  const stream = copyTo(`copy (${inlined(query.compile(tx))}) to stdout with (${how})`)
  const broken = new AbortController()
  // The connection stays ours for as long as the pieces are asked for.
  const sent = tx.getExecutor().provideConnection(async connection => {
    await connection.executeQuery({ ...CompiledQuery.raw(''), sql: stream as unknown as string })
    await finished(stream, { signal: broken.signal })
  })
  sent.catch(() => {})
  try {
    yield* stream as AsyncIterable<Buffer>
    await sent
  } finally {
    broken.abort()
  }
}

/** COPY takes no parameters: each is written into the statement, quoted as the driver quotes. */
function inlined({ sql, parameters }: CompiledQuery): string {
  return sql.replace(/\$(\d+)/g, (_, n: string) => literal(parameters[Number(n) - 1]))
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') throw new Error(`a parameter of COPY is ${typeof value}`)
  return pg.escapeLiteral(value)
}

const CHUNK_CHARACTERS = 1 << 16

function* linesOf(rows: Iterable<Cell[]>): Generator<string> {
  let chunk = ''
  for (const row of rows) {
    chunk += lineOf(row)
    if (chunk.length > CHUNK_CHARACTERS) { yield chunk; chunk = '' }
  }
  if (chunk) yield chunk
}

async function* linesLater(rows: AsyncIterable<Cell[]>): AsyncGenerator<string> {
  let chunk = ''
  for await (const row of rows) {
    chunk += lineOf(row)
    if (chunk.length > CHUNK_CHARACTERS) { yield chunk; chunk = '' }
  }
  if (chunk) yield chunk
}

function lineOf(cells: Cell[]): string {
  let line = ''
  for (let i = 0; i < cells.length; i++) line += (i === 0 ? '' : '\t') + cellText(cells[i] as Cell)
  return line + '\n'
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }, SPECIAL = /[\\\t\n\r]/, SPECIALS = /[\\\t\n\r]/g

function cellText(cell: Cell): string {
  if (cell === null) return '\\N'
  if (cell instanceof Uint8Array) return '\\\\x' + Buffer.from(cell).toString('hex')
  if (typeof cell !== 'string') return String(cell)
  return SPECIAL.test(cell) ? cell.replace(SPECIALS, character => ESCAPES[character] as string) : cell
}
