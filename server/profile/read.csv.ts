import type { AreaCode } from '../../domain/base/ids.ts'
import type { Lang } from '../../domain/base/text.ts'
import type { AsOf } from '../../domain/figure/figure.ts'
import type { Headline, PlaceProfile } from '../../domain/profile/api.ts'
import type { Reader } from '../db/db.ts'
import { figuresCsv, type FigureLine } from '../../engine/table/figures-csv.ts'
import { getToday } from '../figure/read.rows.ts'
import { getProfile } from './read.ts'

/** The very numbers of a place's page, each beside those of the places above it. */
export async function profileFile(tx: Reader, code: AreaCode, part: 'headlines' | 'dimensions' | 'basic-needs', asOf: AsOf, lang: Lang, areas: readonly AreaCode[]): Promise<{ name: string; body: string }> {
  const profile = await getProfile(tx, code, asOf, areas)
  const lines = partOf(profile, part).flatMap(headline => linesOf(profile, headline))
  return { name: `rakkaeo_${code}_${part}.csv`, body: figuresCsv(lines, lang, await getToday(tx)) }
}

function partOf(profile: PlaceProfile, part: 'headlines' | 'dimensions' | 'basic-needs'): Headline[] {
  return { headlines: profile.headlines, dimensions: profile.dimensions.map(each => each.headline), 'basic-needs': profile.basicNeeds }[part]
}

function linesOf(profile: PlaceProfile, { indicator, source: id, own, parents }: Headline): FigureLine[] {
  const source = profile.sources.find(each => each.id === id)
  const names = new Map([profile.area, ...profile.area.parents].map(({ code, name }) => [code, name]))
  return source ? [own, ...parents].map(figure => ({ figure, indicator, source, name: names.get(figure.area) ?? { th: '', en: '' } })) : []
}
