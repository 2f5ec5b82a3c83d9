import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'

const MARK = '/*planned*/', LOOK_IN = 40
const names = new Map<string, string>()

/**
 * Stands at the front of a question that nearly every request asks, and that one plan answers whatever it is asked about: each connection plans
 * it once, which costs more than the answer. Only for a text that is always the same; lists go as one array (`= any($1)`).
 */
export const PLANNED = sql.raw<never>(MARK)

type Ask = (text: unknown, values?: unknown, done?: unknown) => unknown
const ask = (client: pg.Client): Ask => pg.Client.prototype.query.bind(client) as Ask

/** A connection that keeps the plans of such questions. */
export class PlanningClient extends pg.Client {
  override query = ((text, values, done) => {
    if (typeof text !== 'string' || !Array.isArray(values) || !text.slice(0, LOOK_IN).includes(MARK)) return ask(this)(text, values, done)
    return (ask(this)({ name: nameOf(text), text, values }, done) as Promise<unknown>).catch(error => { throw this.#unlessOutdated(error) })
  }) as pg.Client['query']

  /** The columns of what was planned have changed under it, by a migration: this connection is given up, and the next one plans anew. */
  #unlessOutdated(error: pg.DatabaseError): Error {
    if (error.code === '0A000') void this.end().catch(() => {})
    return error
  }
}

function nameOf(text: string): string {
  const name = names.get(text) ?? createHash('sha1').update(text).digest('base64url')
  names.set(text, name)
  return name
}
