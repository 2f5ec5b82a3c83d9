import { fullName } from '../../domain/area/rules.ts'
import { m } from '../paraglide/messages.js'
import { formatNumber, formatPercent } from '../base/format.ts'
import { lang } from '../base/link.ts'
import type { Rank, RankPage } from './data.rank.ts'
import { fullText, roughly, valueText } from './words.ts'

/** From here on a place is said to have so many times the rate of the whole. */
const CLEARLY_MORE = 1.5

/** What a ranking shows, in a sentence: who stands first and how far from the whole. Empty where several share the first place. */
export function rankFinding(rank: Rank, { page, whole }: RankPage): string {
  const [first, second] = page.items
  if (!first || first.rank !== 1 || second?.rank === 1 || first.value === null || !whole?.value) return ''
  const name = fullName({ code: first.area, type: first.type, name: first.name }, lang())
  const value = roughly(fullText(first.value, first.unit), first)
  const place = fullName(rank.place, lang())
  if (rank.entry.kind === 'count') return m.rank_finding_count({ name, value, place, share: roughly(formatPercent(first.value / whole.value, lang()), first) })
  const times = first.value / whole.value
  return times >= CLEARLY_MORE
    ? m.rank_finding_times({ name, value, place, times: formatNumber(times, lang(), 1), whole: roughly(valueText(whole.value, whole.unit), whole) })
    : m.rank_finding({ name, value, place, whole: roughly(valueText(whole.value, whole.unit), whole) })
}
