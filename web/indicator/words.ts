import type { Dimension, Topic, Unit } from '../../domain/indicator/indicator.ts'
import type { AreaLevel } from '../../domain/area/area.ts'
import { m } from '../paraglide/messages.js'

const UNITS: Record<Exclude<Unit, 'ratio'>, () => string> = {
  persons: m.unit_persons, households: m.unit_households, houses: m.unit_houses, 'score-0-10': m.unit_score,
  'persons-per-household': m.unit_persons_per_household, rai: m.unit_rai, tonnes: m.unit_tonnes, 'kg-per-rai': m.unit_kg_per_rai, records: m.unit_records, places: m.unit_places,
}

/** The word behind a number; percent carries its own sign. */
export function unitWord(unit: Unit): string {
  return unit === 'ratio' ? '' : UNITS[unit]()
}

/** What a ratio or a mean counts underneath: households where households were counted, people everywhere else. */
export function baseWord(indicator: { id: string }): string {
  return ['poor-households', 'happiness'].includes(indicator.id) || indicator.id.startsWith('census-household') ? m.unit_households()
    : indicator.id === 'rice-yield' ? m.unit_rai() : m.unit_persons()
}

const TOPICS: Record<Topic, () => string> = {
  poverty: m.topic_poverty, welfare: m.topic_welfare, people: m.topic_people, 'basic-needs': m.topic_basic_needs, agriculture: m.topic_agriculture, community: m.topic_community,
}
export function topicName(topic: Topic): string {
  return TOPICS[topic]()
}

const DIMENSIONS: Record<Dimension, () => string> = {
  health: m.dimension_health, living: m.dimension_living, education: m.dimension_education, income: m.dimension_income, access: m.dimension_access,
}
export function dimensionName(dimension: Dimension): string {
  return DIMENSIONS[dimension]()
}

const DIMENSION_WORDS: Record<Dimension, () => string> = {
  health: m.dimension_word_health, living: m.dimension_word_living, education: m.dimension_word_education, income: m.dimension_word_income, access: m.dimension_word_access,
}
/** One word, for the spokes of a radar. */
export function dimensionWord(dimension: Dimension): string {
  return DIMENSION_WORDS[dimension]()
}

/** The five groups of the 31 indicators of BMN 2560, by their last number. */
export const NEED_GROUPS: { until: number; name: () => string }[] = [
  { until: 7, name: m.needs_health }, { until: 14, name: m.needs_surroundings }, { until: 19, name: m.needs_education },
  { until: 23, name: m.needs_income }, { until: 31, name: m.needs_values },
]

const LEVELS: Partial<Record<AreaLevel, () => string>> = { nation: m.level_nation, province: m.level_province, district: m.level_district, tambon: m.level_tambon, village: m.level_village }
export function levelName(level: AreaLevel): string {
  return LEVELS[level]?.() ?? m.level_part()
}
