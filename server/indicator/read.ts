import type { IndicatorId, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import type { AreaLevel } from '../../domain/area/area.ts'
import type { Indicator, IndicatorEntry, Source } from '../../domain/indicator/indicator.ts'
import { indicatorProblems } from '../../domain/indicator/problems.ts'
import type { Reader } from '../db/db.ts'

/** Which numbers there are: by indicator, source, period and level, newest period first. */
export type Series = { indicator: IndicatorId; version: string; source: SourceId; period: Period; level: AreaLevel }

export function listSeries(tx: Reader, indicators?: readonly IndicatorId[]): Promise<Series[]> {
  return tx.selectFrom('open.series')
    .select(['indicator_id as indicator', 'version', 'source_id as source', 'period', 'level'])
    .$if(indicators !== undefined, query => query.where('indicator_id', 'in', indicators as IndicatorId[]))
    .orderBy('indicator_id').orderBy('period', 'desc').orderBy('source_id').orderBy('level').execute()
}

/** Every indicator in its latest version, in reading order. */
export async function listIndicators(tx: Reader): Promise<Indicator[]> {
  const rows = await tx.selectFrom('open.indicator').select('definition').orderBy('position').execute()
  return [...new Map(rows.map(({ definition }) => [definition.id, definition])).values()]
}

export async function listSources(tx: Reader): Promise<Source[]> {
  const rows = await tx.selectFrom('open.source').select('definition').orderBy('id').execute()
  return rows.map(row => row.definition)
}

/** The definition of one number; of the version that is asked for, or the latest. */
export async function getIndicator(tx: Reader, id: IndicatorId, version?: string): Promise<Indicator> {
  const row = await tx.selectFrom('open.indicator').select('definition').where('id', '=', id)
    .$if(version !== undefined, query => query.where('version', '=', version as string))
    .orderBy('position', 'desc').executeTakeFirst()
  if (!row) throw indicatorProblems.notFound({ id })
  return row.definition
}

const LEVELS: readonly AreaLevel[] = ['nation', 'province', 'district', 'tambon', 'municipal-part', 'village', 'village-part']

/** Puts beside a definition the sources, years and levels that have figures of it. */
export function entryOf(indicator: Indicator, series: readonly Series[]): IndicatorEntry {
  const own = series.filter(one => one.indicator === indicator.id)
  const sources = [...new Set(own.map(one => one.source))]
  return {
    ...indicator,
    series: sources.map(source => {
      const ofSource = own.filter(one => one.source === source)
      const levels = new Set(ofSource.map(one => one.level))
      return { source, periods: [...new Set(ofSource.map(one => one.period))].sort(), levels: LEVELS.filter(level => levels.has(level)) }
    }),
  }
}
