import { sql } from 'kysely'
import type { IndicatorId, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import type { AreaChange } from '../../domain/area/area.ts'
import { figureProblems } from '../../domain/figure/problems.ts'
import type { Indicator, Source } from '../../domain/indicator/indicator.ts'
import { indicatorProblems } from '../../domain/indicator/problems.ts'
import { allChanges } from '../area/read.ledger.ts'
import type { Reader } from '../db/db.ts'
import { PLANNED } from '../db/planned.ts'
import { TODAY } from '../db/today.ts'
import type { Inside } from '../import/read.inside.ts'
import { listIndicators, listSeries, listSources } from '../indicator/read.ts'
import { openCuts, withInside, type Cut } from './read.cuts.ts'

/** What a question about numbers needs to know of all numbers: little, and the same for everybody. */
export type Catalogue = {
  today: string
  /** In reading order. */
  indicators: ReadonlyMap<IndicatorId, Indicator>
  sources: ReadonlyMap<SourceId, Source>
  /** What is open of each indicator, newest period first. */
  cuts: ReadonlyMap<IndicatorId, readonly Cut[]>
  changes: readonly AreaChange[]
}
type Kept = { edition: string } & Omit<Catalogue, 'today'>

/** As long as the database shows the same edition, what was read of it holds. */
let kept: Kept | null = null

export async function getCatalogue(tx: Reader): Promise<Catalogue> {
  const { rows: [now] } = await sql<{ today: string; edition: string }>`select ${PLANNED} ${TODAY} as today, id as edition from open.edition`.execute(tx)
  const { today, edition } = now as { today: string; edition: string }
  const known = kept?.edition === edition ? kept : await readCatalogue(tx, edition)
  kept = known
  return { ...known, today }
}

async function readCatalogue(tx: Reader, edition: string): Promise<Kept> {
  const indicators = await listIndicators(tx)
  const sources = new Map((await listSources(tx)).map(source => [source.id, source]))
  const series = Map.groupBy(await listSeries(tx), one => one.indicator)
  return {
    edition, sources, changes: await allChanges(tx),
    indicators: new Map(indicators.map(indicator => [indicator.id, indicator])),
    cuts: new Map(indicators.map(indicator => [indicator.id, openCuts(indicator, series.get(indicator.id) ?? [], sources)])),
  }
}

/**
 * The cuts of an indicator, newest period first. `inside`: what was read of the asked places below the level that is public; where a
 * year has several sources, one that the asker sees inside comes first.
 */
export function cutsOf({ cuts, sources }: Catalogue, indicator: Indicator, inside: readonly Inside[] = []): readonly Cut[] {
  return withInside(indicator, cuts.get(indicator.id) ?? [], inside, sources)
}

type Asked = { indicator: IndicatorId; source?: SourceId | undefined; period?: Period | 'all' | undefined }

/** The cuts that a question means: one period (the latest, unless it says which) or all of them, of one source. */
export function getCuts(catalogue: Catalogue, asked: Asked, inside: readonly Inside[]): [Cut, ...Cut[]] {
  const indicator = catalogue.indicators.get(asked.indicator)
  if (!indicator) throw indicatorProblems.notFound({ id: asked.indicator })
  const cuts = cutsOf(catalogue, indicator, inside)
  const source = asked.source ?? cuts.find(cut => asked.period === undefined || asked.period === 'all' || cut.period === asked.period)?.source.id
  const ofSource = cuts.filter(cut => cut.source.id === source)
  const found = asked.period === 'all' ? ofSource.toReversed() : ofSource.filter(cut => asked.period === undefined || cut.period === asked.period).slice(0, 1)
  if (found.length === 0) throw unknownSeries(asked, cuts)
  return found as [Cut, ...Cut[]]
}

function unknownSeries({ indicator, period, source }: Asked, cuts: readonly Cut[]) {
  const known = cuts.map(cut => `${cut.period} (${cut.source.id})`).join(', ') || '–'
  return figureProblems.noSuchSeries({ indicator, period: [period ?? '', source ?? ''].filter(Boolean).join(' '), known })
}
