import { AreaCode, type IndicatorId } from '../../domain/base/ids.ts'
import type { Indicator, Source } from '../../domain/indicator/indicator.ts'
import { areaProblems } from '../../domain/area/problems.ts'
import type { AsOf, Figure } from '../../domain/figure/figure.ts'
import { figureProblems } from '../../domain/figure/problems.ts'
import { COMPARED } from '../../domain/figure/rules.ts'
import { areasByCode } from '../area/read.ts'
import type { Reader } from '../db/db.ts'
import { cutsOf, getCatalogue } from './read.catalogue.ts'
import type { Cut } from './read.cuts.ts'
import { listSeen } from './read.internal.ts'
import { figuresOf } from './read.ts'

export type Compared = { areas: AreaCode[]; rows: { cut: Cut; values: Figure[] }[]; sources: Source[] }

/** Two to six places side by side, each indicator in its latest period. */
export async function compareAreas(tx: Reader, list: string, asOf: AsOf, own: readonly AreaCode[]): Promise<Compared> {
  const areas = await getPlaces(tx, list)
  const catalogue = await getCatalogue(tx)
  const inside = await listSeen(tx, catalogue, { codes: areas }, own)
  const chosen = COMPARED.map(id => catalogue.indicators.get(id as IndicatorId)).filter(found => found !== undefined)
  const cuts = latestOf(chosen.flatMap(indicator => cutsOf(catalogue, indicator, inside)))
  const figures = await figuresOf(tx, cuts, { codes: areas }, { catalogue, asOf, areas: own })
  const rows = cuts.map((cut, i) => ({ cut, values: figures.slice(i * areas.length, (i + 1) * areas.length) }))
  return { areas, rows, sources: [...new Map(cuts.map(({ source }) => [source.id, source])).values()] }
}

const FEWEST = 2, MOST = 6

async function getPlaces(tx: Reader, list: string): Promise<AreaCode[]> {
  const codes = [...new Set(list.split(',').map(code => code.trim()).filter(Boolean))]
  if (codes.length < FEWEST || codes.length > MOST) throw figureProblems.badCompare({ count: codes.length })
  const areas = codes.map(code => AreaCode.safeParse(code))
  const bad = codes.find((_, i) => !areas[i]?.success)
  if (bad !== undefined) throw areaProblems.notFound({ code: bad })
  const known = await areasByCode(tx, codes as AreaCode[])
  const unknown = codes.find(code => !known.has(code as AreaCode))
  if (unknown !== undefined) throw areaProblems.notFound({ code: unknown })
  return codes as AreaCode[]
}

/** Of each indicator the first cut, which is the latest; in the order of the indicators. */
export function latestOf(cuts: readonly Cut[]): Cut[] {
  return [...new Map<IndicatorId, Cut>(cuts.toReversed().map((cut): [Indicator['id'], Cut] => [cut.indicator.id, cut])).values()].toReversed()
}
