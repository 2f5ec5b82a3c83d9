import { sql, type RawBuilder } from 'kysely'
import { depthOf, VILLAGE_DEPTH, withoutBan } from '../../engine/text/terms.ts'
import type { PlaceQuery, QueryWord } from '../../engine/text/query.ts'
import type { Reader } from '../db/db.ts'
import { passes, type AreaFilter } from './read.filter.ts'
import type { Match } from './read.match.ts'

const ACROSS = 4
const LETTERS_OF_INDEX = 3
/** Codes of a place's tambon, district and province are its own, cut short. */
const ABOVE_LENGTHS = [8, 6, 4]

/**
 * Places where every word of the query stands in the name or in a name above it, and one at least in the name itself:
 * “ริมใต้ อ.แม่ริม”, “แม่ริม เชียงใหม่”. The more words in the name itself, the better.
 */
export async function matchAcross(db: Reader, query: PlaceQuery, filter: AreaFilter, from: Match, limit: number): Promise<Match[]> {
  const { words } = query
  const { rows } = await sql<Match>`
    with hit as (${sql.join(words.map((word, i) => hits(word, 1 << i)), sql` union all `)}),
    own as materialized (
      -- which words stand in a place's own name: one bit each
      select area_code, depth, bit_or(bit) as mask, min(size) as size
      from hit group by area_code, depth
    ),
    found as (
      select area_code, depth, ${sql.lit(ACROSS + words.length)} - bit_count(mask::bit(32))::int as rank, size
      from own where ${sql.join(words.map((_, i) => ownOrAbove(1 << i)), sql` and `)} and ${passes(filter, sql.ref('own.area_code'), sql.ref('own.depth'))}
    )
    select rank, depth, size, area_code from found
    where (rank, depth, size, area_code) > (${from.rank}, ${from.depth}, ${from.size}, ${from.area_code})
    order by rank, depth, size, area_code
    limit ${limit}`.execute(db)
  return rows
}

/** The places whose own name has a word, at the level that its title names. */
function hits({ text, level }: QueryWord, bit: number): RawBuilder<unknown> {
  const titled = level ? sql` and depth = ${sql.lit(depthOf(level))}` : sql``
  const hit = sql`select area_code, depth, ${sql.lit(bit)} as bit, length(term) as size from open.area_term where whole`
  return sql`
    ${hit} and depth < ${sql.lit(VILLAGE_DEPTH)} and term like ${`%${text}%`}${titled} union all
    ${hit} and depth >= ${sql.lit(VILLAGE_DEPTH)} and ${inVillage(withoutBan(text))}${titled}`
}

/** The index of parts holds groups of three letters; of 75,000 villages a shorter word must be the whole name. */
function inVillage(word: string): RawBuilder<boolean> {
  return word.length < LETTERS_OF_INDEX ? sql`term = ${word}` : sql`term like ${`%${word}%`}`
}

/** The codes above are looked up in a hashed set, however the planner guesses their number. */
function ownOrAbove(bit: number): RawBuilder<boolean> {
  const holders = sql`(select holder.area_code from own as holder where holder.mask & ${sql.lit(bit)} > 0 and holder.depth < ${sql.lit(VILLAGE_DEPTH)})`
  const above = ABOVE_LENGTHS.map(length => sql`left(area_code, ${sql.lit(length)}) in ${holders}`)
  return sql`(${sql.join([sql`mask & ${sql.lit(bit)} > 0`, ...above], sql` or `)})`
}
