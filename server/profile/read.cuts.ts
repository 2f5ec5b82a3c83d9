import type { Period } from '../../domain/base/period.ts'
import type { Indicator } from '../../domain/indicator/indicator.ts'
import { HEADLINES, OVER_YEARS } from '../../domain/profile/rules.ts'
import { latestOf } from '../figure/read.compare.ts'
import { cutsOf, type Catalogue } from '../figure/read.catalogue.ts'
import type { Cut } from '../figure/read.cuts.ts'
import type { Inside } from '../import/read.inside.ts'

/** What a place's page shows: the latest of every number, and some of them over the years. */
export type ProfileCuts = { latest: Cut[]; headlines: Cut[]; dimensions: Cut[]; basicNeeds: Cut[]; overYears: Cut[][] }

export function listProfileCuts(catalogue: Catalogue, inside: readonly Inside[]): ProfileCuts {
  const cuts = [...catalogue.indicators.values()].flatMap(indicator => cutsOf(catalogue, indicator, inside))
  const latest = latestOf(cuts)
  const pick = (ids: readonly string[]) => ids.flatMap(id => latest.find(cut => cut.indicator.id === id) ?? [])
  return {
    latest, headlines: [...pick(HEADLINES), ...latest.filter(isOfCommunity)],
    dimensions: latest.filter(({ indicator }) => indicator.dimension !== null && indicator.set === null),
    basicNeeds: latest.filter(({ indicator }) => isBasicNeed(indicator)),
    overYears: OVER_YEARS.map(id => yearsOf(cuts, id)).filter(years => years.length > 1),
  }
}

/** Of what communities record a page shows what its place has, and does not speak of what it has not. */
export const isOfCommunity = ({ indicator }: Cut): boolean => indicator.topic === 'community'

function isBasicNeed({ set, topic }: Indicator): boolean {
  return set !== null && topic === 'basic-needs'
}

/** Oldest first. A year that several sources have is shown once, from the first of them. */
function yearsOf(cuts: readonly Cut[], id: string): Cut[] {
  const own = cuts.filter(cut => cut.indicator.id === id)
  return [...new Map(own.toReversed().map((cut): [Period, Cut] => [cut.period, cut])).values()]
}
