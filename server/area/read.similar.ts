import { sql } from 'kysely'
import { VILLAGE_DEPTH } from '../../engine/text/terms.ts'
import type { PlaceQuery } from '../../engine/text/query.ts'
import type { Reader } from '../db/db.ts'
import { passes, type AreaFilter } from './read.filter.ts'
import type { Match } from './read.match.ts'

/** Names that look like the query (shared groups of three letters), the most alike first: for a letter too many or a wrong one. */
export async function matchSimilar(db: Reader, query: PlaceQuery, filter: AreaFilter, limit: number): Promise<Match[]> {
  // The usual threshold of 0.3 lets in names that only share หนอง or บ้าน, and reads half of the index for them.
  await sql`set local pg_trgm.similarity_threshold = 0.4`.execute(db)
  const alike = sql`greatest(similarity(term, ${query.phrase}), case when depth >= ${sql.lit(VILLAGE_DEPTH)} then similarity(term, ${query.villagePhrase}) end)`
  const { rows } = await sql<Match>`
    select 1000 - round(1000 * max(${alike}))::int as rank, depth, min(length(term)) as size, area_code
    from open.area_term
    where whole and (term % ${query.phrase} or term % ${query.villagePhrase}) and ${passes(filter)}
    group by area_code, depth
    order by rank, depth, size, area_code
    limit ${limit}`.execute(db)
  return rows
}
