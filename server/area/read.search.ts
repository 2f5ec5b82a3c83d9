import type { AreaCode } from '../../domain/base/ids.ts'
import { parseQuery, type PlaceQuery } from '../../engine/text/query.ts'
import type { Reader } from '../db/db.ts'
import { matchAcross } from './read.across.ts'
import { matchCodes } from './read.code.ts'
import type { AreaFilter } from './read.filter.ts'
import { matchPhrase, PHRASE_TIERS, type Match } from './read.match.ts'
import { matchSimilar } from './read.similar.ts'

export type Found = { codes: AreaCode[]; next: string | null }

const ONLY_DIGITS = /^\d+$/
/** Before every match. */
const START: Match = { rank: -9, depth: 0, size: 0, area_code: '' as AreaCode }

/**
 * Places by any part of a name or code. Best first: the whole name, its beginning, the beginning of a later word, any part of it. When nothing holds the whole phrase: all its words in the name and the names above it; then names that look alike.
 * Within each, the nation before provinces, districts, tambons and villages, and short names before long ones.
 */
export async function searchAreas(db: Reader, typed: string, filter: AreaFilter, after: string | undefined, limit: number): Promise<Found> {
  const query = parseQuery(typed)
  if (!query.phrase) return { codes: [], next: null }
  const from = after === undefined ? START : parseCursor(after)
  const titled = { ...filter, level: filter.level ?? query.level ?? undefined }
  const found = await collect(db, query, titled, from, limit)
  if (found.codes.length || after !== undefined) return found
  const untitled = titled.level === filter.level ? found : await collect(db, query, filter, from, limit)
  return untitled.codes.length ? untitled : { codes: (await matchSimilar(db, query, filter, limit)).map(match => match.area_code), next: null }
}

/** Goes down the tiers until the page is full; most pages are full after one or two. A worse kind of match is looked for only when a better one gives nothing. */
async function collect(db: Reader, query: PlaceQuery, filter: AreaFilter, from: Match, limit: number): Promise<Found> {
  const matches: Match[] = []
  const missing = () => limit + 1 - matches.length
  if (ONLY_DIGITS.test(query.phrase)) matches.push(...await matchCodes(db, query.phrase, filter, from, missing()))
  for (const tier of PHRASE_TIERS) {
    if (missing() > 0 && tier.rank >= from.rank) matches.push(...await matchPhrase(db, tier, query, filter, from, missing()))
  }
  if (!matches.length && query.words.length > 1) matches.push(...await matchAcross(db, query, filter, from, missing()))
  const page = matches.slice(0, limit)
  return { codes: page.map(match => match.area_code), next: matches.length > limit ? formatCursor(page.at(-1)!) : null }
}

function formatCursor({ rank, depth, size, area_code }: Match): string {
  return [rank, depth, size, area_code].join('~')
}

function parseCursor(text: string): Match {
  const [rank, depth, size, code = ''] = text.split('~')
  return { rank: Number(rank) || 0, depth: Number(depth) || 0, size: Number(size) || 0, area_code: code as AreaCode }
}
