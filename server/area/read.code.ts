import { sql } from 'kysely'
import type { Reader } from '../db/db.ts'
import { passes, type AreaFilter } from './read.filter.ts'
import type { Match } from './read.match.ts'

/** Better than any name: digits alone are meant as a code. */
const BEGINS = -2, INSIDE = -1

/** Areas whose code begins with the digits, the area itself first; if there is none, those that have them further inside. */
export async function matchCodes(db: Reader, digits: string, filter: AreaFilter, from: Match, limit: number): Promise<Match[]> {
  const begin = from.rank <= BEGINS ? await matchCode(db, BEGINS, digits, filter, from, limit) : []
  return begin.length || from.rank === BEGINS || from.rank > INSIDE ? begin : matchCode(db, INSIDE, digits, filter, from, limit)
}

async function matchCode(db: Reader, rank: number, digits: string, filter: AreaFilter, from: Match, limit: number): Promise<Match[]> {
  const start = `TH${digits}`
  const fits = rank === BEGINS
    ? sql`code >= ${start} and code < ${start + '\u{10ffff}'}`
    : sql`code like ${`%${digits}%`} and not code ^@ ${start}`
  const { rows } = await sql<Match>`
    select ${sql.lit(rank)} as rank, length(code) as depth, 0 as size, code as area_code
    from open.area
    where ${fits} and ${passes(filter, sql.ref('area.code'), sql`(length(code) - 2) / 2`)}
      and (${sql.lit(rank)}, length(code), 0, code) > (${from.rank}, ${from.depth}, ${from.size}, ${from.area_code})
    order by length(code), code
    limit ${limit}`.execute(db)
  return rows
}
