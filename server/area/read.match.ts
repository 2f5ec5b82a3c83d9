import { sql, type RawBuilder } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import { VILLAGE_DEPTH } from '../../engine/text/terms.ts'
import type { PlaceQuery } from '../../engine/text/query.ts'
import type { Reader } from '../db/db.ts'
import { passes, type AreaFilter } from './read.filter.ts'

/** A place found, with what its rank is made of: how it matched, how deep it lies, how long the matching name is. */
export type Match = { rank: number; depth: number; size: number; area_code: AreaCode }

const EXACT = 0, PREFIX = 1, WORD = 2, INSIDE = 3
const DEEPEST = 9
type Tier = { rank: number; fromDepth: number; toDepth: number }
const both = (rank: number): Tier[] => [{ rank, fromDepth: 0, toDepth: VILLAGE_DEPTH - 1 }, { rank, fromDepth: VILLAGE_DEPTH, toDepth: DEEPEST }]

/** Best first. Villages are nine in ten and asked only when the places above them do not fill the page. */
export const PHRASE_TIERS: Tier[] = [EXACT, PREFIX, WORD, INSIDE].flatMap(both)

export async function matchPhrase(db: Reader, tier: Tier, query: PlaceQuery, filter: AreaFilter, from: Match, limit: number): Promise<Match[]> {
  const phrase = tier.fromDepth < VILLAGE_DEPTH ? query.phrase : query.villagePhrase
  if (!phrase) return []
  const { rows } = await sql<Match>`
    select ${sql.lit(tier.rank)} as rank, depth, size, area_code
    from (
      -- how well the best name of each place fits
      select area_code, depth, min(length(term)) as size
      from open.area_term
      where ${condition(tier.rank, phrase)} and depth between ${sql.lit(tier.fromDepth)} and ${sql.lit(tier.toDepth)} and ${passes(filter)}
      group by area_code, depth
      having min(${rankOf(phrase)}) = ${sql.lit(tier.rank)}
    ) as found
    where (${sql.lit(tier.rank)}, depth, size, area_code) > (${from.rank}, ${from.depth}, ${from.size}, ${from.area_code}) ${notAtWord(tier.rank, phrase)}
    order by depth, size, area_code
    limit ${limit}`.execute(db)
  return rows
}

function condition(rank: number, phrase: string): RawBuilder<boolean> {
  if (rank === EXACT) return sql`term = ${phrase}`
  return rank === INSIDE ? sql`whole and term like ${`%${phrase}%`}` : startsWith(phrase)
}

/** The index of parts holds whole names only, so places found at a later word are left out here. */
function notAtWord(rank: number, phrase: string): RawBuilder<unknown> {
  if (rank !== INSIDE) return sql``
  return sql`and not exists (select from open.area_term as later where later.area_code = found.area_code and not later.whole and ${startsWith(phrase, 'later.term')})`
}

function rankOf(phrase: string): RawBuilder<number> {
  return sql`case when term = ${phrase} and whole then 0 when ${startsWith(phrase)} then case when whole then 1 else 2 end else 3 end`
}

/** As a range, which an index in collation "C" answers. */
function startsWith(phrase: string, term = 'term'): RawBuilder<boolean> {
  return sql`${sql.ref(term)} >= ${phrase} and ${sql.ref(term)} < ${phrase + '\u{10ffff}'}`
}
