import { m } from '../paraglide/messages.js'

/** Units as forms write them (`people`, `baht/year`, `m2`; `a` is UCUM's year, `1` a plain count) in a reader's words. */
const WORDS: Record<string, () => string> = {
  people: m.dataset_u_people, households: m.dataset_u_households, places: m.dataset_u_places, groups: m.dataset_u_groups, funds: m.dataset_u_funds, goals: m.dataset_u_goals,
  head: m.dataset_u_head, trees: m.dataset_u_trees, rooms: m.dataset_u_rooms, seats: m.dataset_u_seats, baht: m.dataset_u_baht,
  rai: m.dataset_u_rai, ngan: m.dataset_u_ngan, wa2: m.dataset_u_wa2, m: m.dataset_u_m, cm: m.dataset_u_cm, km: m.dataset_u_km, m2: m.dataset_u_m2, m3: m.dataset_u_m3,
  kg: m.dataset_u_kg, t: m.dataset_u_tonne, l: m.dataset_u_litre, a: m.dataset_u_years, year: m.dataset_u_year, month: m.dataset_u_month, day: m.dataset_u_day, h: m.dataset_u_hour, min: m.dataset_u_minute,
}

/** @example unitText('baht/year') // => 'บาทต่อปี' */
export function unitText(unit: string): string {
  const [what = '', time] = unit.split('/')
  if (time === undefined) return what === '1' ? '' : wordOf(what)
  return m.dataset_u_per({ what: what === '1' ? m.dataset_u_times() : wordOf(what), time: wordOf(time) })
}

const wordOf = (unit: string): string => Object.hasOwn(WORDS, unit) ? WORDS[unit]!() : unit
