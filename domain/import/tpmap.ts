import type { IndicatorId } from '../base/ids.ts'
import type { AreaLevel } from '../area/area.ts'

/** The published TPMAP layout as data: which columns a file has, and which number each pair of columns makes. */

/** TPMAP publishes two files per level: one about everyone surveyed, one about the poor among them. */
export const TPMAP_PARTS = ['common', 'poor'] as const
export type TpmapPart = typeof TPMAP_PARTS[number]

/** `count`: a whole number, not negative · `score`: 0 to 10 · `percent`: 0 to 100, derived by the publisher and only checked. */
export type TpmapColumn = { name: string; kind: 'count' | 'score' | 'percent' }

const BMN_NUMBERS = Array.from({ length: 31 }, (_, i) => i + 1)
const count = (name: string): TpmapColumn => ({ name, kind: 'count' })

export const TPMAP_COLUMNS: Record<TpmapPart, readonly TpmapColumn[]> = {
  common: [
    ...['household.CNT', 'HOUSEMEMBER_CNT', 'MOF_REG_CNT', 'MOF_VAL_CNT', 'ELDERLY_CNT', 'DISABLED_CNT', 'CHRONICPATIENT_CNT'].map(count),
    { name: 'happiness', kind: 'score' },
    ...BMN_NUMBERS.map(n => count(`indicator${n}.ALL`)),
    ...BMN_NUMBERS.map(n => count(`indicator${n}.CNT`)),
  ],
  poor: [
    ...['poor.household.CNT', 'poor.JPT.CNT', 'poor.JPT.MOFreg.CNT', 'poor.JPT.MOFval.CNT'].map(count),
    ...['health', 'living', 'education', 'income', 'accessibility'].map(dimension => count(`poor.JPT.MOFval.${dimension}`)),
    { name: 'JPT.MOFval.pov.rate', kind: 'percent' },
    ...BMN_NUMBERS.map(n => count(`poor.JPT.MOFval.ind${n}.CNT`)),
  ],
}

/** Where a column stands: its part, and its place among the part's columns. */
export type Place = { part: TpmapPart; index: number; name: string }

/** Finds a column of the layout by its published name; a name that the layout has not is a mistake of ours. */
export function placeOf(name: string): Place {
  for (const part of TPMAP_PARTS) {
    const index = TPMAP_COLUMNS[part].findIndex(column => column.name === name)
    if (index >= 0) return { part, index, name }
  }
  throw new Error(`the TPMAP layout has no column ${name}`)
}

/** A number made of columns. `weighted`: the column is a mean, to be multiplied by its base before it can be added up. */
export type TpmapFigure = { indicator: IndicatorId; numerator: Place; denominator: Place | null; weighted: boolean }

const HOUSEHOLDS = 'household.CNT', PERSONS = 'HOUSEMEMBER_CNT'

function figure(indicator: string, numerator: string, denominator: string | null, weighted = false): TpmapFigure {
  return { indicator: indicator as IndicatorId, numerator: placeOf(numerator), denominator: denominator === null ? null : placeOf(denominator), weighted }
}

export const TPMAP_FIGURES: readonly TpmapFigure[] = [
  figure('households-surveyed', HOUSEHOLDS, null),
  figure('persons-surveyed', PERSONS, null),
  figure('welfare-registered', 'MOF_REG_CNT', PERSONS),
  figure('welfare-validated', 'MOF_VAL_CNT', PERSONS),
  figure('elderly', 'ELDERLY_CNT', PERSONS),
  figure('disabled', 'DISABLED_CNT', PERSONS),
  figure('chronic', 'CHRONICPATIENT_CNT', PERSONS),
  figure('happiness', 'happiness', HOUSEHOLDS, true),
  // TPMAP counts members of failing households over members of the households that were asked.
  ...BMN_NUMBERS.map(n => figure(`bmn2560-${n}`, `indicator${n}.CNT`, `indicator${n}.ALL`)),
  figure('poor-households', 'poor.household.CNT', HOUSEHOLDS),
  figure('poor', 'poor.JPT.CNT', PERSONS),
  figure('poor-registered', 'poor.JPT.MOFreg.CNT', PERSONS),
  figure('target-poor', 'poor.JPT.MOFval.CNT', PERSONS),
  figure('target-poor-health', 'poor.JPT.MOFval.health', PERSONS),
  figure('target-poor-living', 'poor.JPT.MOFval.living', PERSONS),
  figure('target-poor-education', 'poor.JPT.MOFval.education', PERSONS),
  figure('target-poor-income', 'poor.JPT.MOFval.income', PERSONS),
  figure('target-poor-access', 'poor.JPT.MOFval.accessibility', PERSONS),
  ...BMN_NUMBERS.map(n => figure(`target-poor-bmn2560-${n}`, `poor.JPT.MOFval.ind${n}.CNT`, PERSONS)),
]

/** Groups that lie inside one another: the first may not be above the second. Not fatal, because rates do not depend on it. */
export const TPMAP_NESTED: readonly [inner: Place, outer: Place][] = ([
  ['MOF_VAL_CNT', 'MOF_REG_CNT'],
  ['poor.JPT.MOFreg.CNT', 'poor.JPT.CNT'],
  ['poor.JPT.MOFval.CNT', 'poor.JPT.MOFreg.CNT'],
  ...TPMAP_COLUMNS.poor.filter(column => /MOFval\.(?!CNT|pov)/.test(column.name)).map(column => [column.name, 'poor.JPT.MOFval.CNT'] as const),
] as const).map(([inner, outer]) => [placeOf(inner), placeOf(outer)])

/** The publisher's own rate, in percent, of target poor over persons surveyed. */
export const TPMAP_RATE = { rate: placeOf('JPT.MOFval.pov.rate'), numerator: placeOf('poor.JPT.MOFval.CNT'), denominator: placeOf(PERSONS) }

/** Names of the column that holds the area's code, from the lowest level up: the first that a file has gives the file's level. */
export const TPMAP_AREA_COLUMNS: readonly { level: AreaLevel; names: readonly string[]; code: RegExp }[] = [
  // A village code has eight digits of the ministry, or two more of TPMAP's own; its last places may hold letters.
  { level: 'village', names: ['village_ID'], code: /^\d{6}[0-9A-Z]{2}(\d{2})?$/ },
  { level: 'tambon', names: ['tambol_ID', 'tumbol_ID', 'tambon_ID', 'tumbon_ID'], code: /^\d{6}$/ },
  { level: 'district', names: ['amphur_ID', 'amphoe_ID', 'district_ID'], code: /^\d{4}$/ },
  { level: 'province', names: ['province_ID', 'changwat_ID'], code: /^\d{2}$/ },
  { level: 'nation', names: ['country_ID'], code: /^(TH|\d{1,3})?$/ },
]
