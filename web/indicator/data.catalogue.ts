import { AreaLevel } from '../../domain/area/area.ts'
import { Topic, type IndicatorEntry } from '../../domain/indicator/indicator.ts'
import { fold } from '../../engine/text/fold.ts'
import { loadIndicators, TOPIC_ORDER } from './data.ts'

type Fetch = typeof globalThis.fetch

/** What the reader narrowed the catalogue to; it stands in the address of the page. */
export type CatalogueChoice = { q: string; topic: Topic | null; level: AreaLevel | null }

const MOST_TYPED = 100
const MOST_FOUND = 6

export function readCatalogue(query: URLSearchParams): CatalogueChoice {
  return {
    q: (query.get('q') ?? '').trim().slice(0, MOST_TYPED),
    topic: Topic.safeParse(query.get('topic')).data ?? null, level: AreaLevel.safeParse(query.get('level')).data ?? null,
  }
}

/** Indicators whose names, definition or id hold every word that was typed, however it was spelt. */
export function narrow(entries: IndicatorEntry[], { q, topic, level }: CatalogueChoice): IndicatorEntry[] {
  const words = fold(q).split(' ').filter(Boolean)
  return entries.filter(entry => (topic === null || entry.topic === topic)
    && (level === null || entry.series.some(series => series.levels.includes(level)))
    && words.every(word => textOf(entry).includes(word)))
}

function textOf({ id, name, shortName, definition }: IndicatorEntry): string {
  return fold([id, name.th, name.en, shortName.th, shortName.en, definition.th, definition.en].join(' '))
}

export async function loadCatalogue(fetch: Fetch, query: URLSearchParams) {
  const choice = readCatalogue(query)
  const { items, sources } = await loadIndicators(fetch)
  const found = narrow(items, choice)
  const topics = TOPIC_ORDER.map(topic => ({ topic, entries: found.filter(each => each.topic === topic) })).filter(group => group.entries.length > 0)
  return { choice, topics, sources, found: found.length, total: items.length, isNarrowed: choice.q !== '' || choice.topic !== null || choice.level !== null }
}

/** For the search of places: numbers whose name holds what was typed. Digits alone mean a code, never a number. */
export async function findIndicators(fetch: Fetch, q: string): Promise<IndicatorEntry[]> {
  const typed = fold(q)
  if (typed.length < 2 || /^(th)?\d+$/.test(typed)) return []
  const { items } = await loadIndicators(fetch)
  const named = items.filter(({ id, name, shortName }) => fold([id, name.th, name.en, shortName.th, shortName.en].join(' ')).includes(typed))
  return named.toSorted((a, b) => Number(a.set !== null) - Number(b.set !== null)).slice(0, MOST_FOUND)
}

export type Catalogue = Awaited<ReturnType<typeof loadCatalogue>>
