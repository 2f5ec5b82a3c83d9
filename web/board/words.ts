import type { Attention, BoardBy } from '../../domain/board/board.ts'
import { daysSince } from '../../domain/board/rules.ts'
import { m } from '../paraglide/messages.js'
import { lang } from '../base/link.ts'

const BY: Record<BoardBy, () => string> = {
  province: m.board_by_province, district: m.board_by_district, tambon: m.board_by_tambon, village: m.board_by_village, dataset: m.board_by_dataset, team: m.board_by_team, person: m.board_by_person,
}
export const byName = (by: BoardBy): string => BY[by]()

const ATTENTION: Record<Attention, () => string> = { never: m.board_attention_never, silent: m.board_attention_silent, waiting: m.board_attention_waiting, returned: m.board_attention_returned }
export const attentionName = (attention: Attention): string => ATTENTION[attention]()

const MONTH = 30, YEAR = 365

/** How long ago, in words. @example agoWords('2026-11-25T02:00:00Z', new Date('2026-11-26T03:00:00Z')) // in English: “yesterday” */
export function agoWords(moment: string | null, now: Date): string {
  if (moment === null) return m.board_never()
  const days = daysSince(moment, now), words = new Intl.RelativeTimeFormat(lang() === 'th' ? 'th-TH' : 'en-GB', { numeric: 'auto' })
  if (days < MONTH) return words.format(-days, 'day')
  return days < YEAR ? words.format(-Math.floor(days / MONTH), 'month') : words.format(-Math.floor(days / YEAR), 'year')
}
