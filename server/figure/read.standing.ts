import { sql } from 'kysely'
import type { AreaCode, IndicatorId, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { NATION } from '../../domain/area/rules.ts'
import { emptyLine, type RolledLine } from '../../engine/measure/roll-up.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'

export type SheetOf = { source: SourceId; period: Period; indicators: readonly { id: IndicatorId; version: string }[] }

/** What a source says of a period as it stands: the numbers that it gave, and those that were added up of them. For a transaction of the nation. */
export async function listStanding(tx: Reader, { source, period, indicators }: SheetOf): Promise<Map<AreaCode, RolledLine>> {
  const { rows } = await sql<{ area: AreaCode; id: string; version: string; numerator: number; denominator: number | null; own: boolean }>`
    select area_code as area, indicator_id as id, version, numerator, denominator, status = 'published' as own
    from fact.figure where ${within('area_code', [NATION])} and source_id = ${source} and period = ${period}`.execute(tx)
  const indexOf = new Map(indicators.map(({ id, version }, index) => [`${id} ${version}`, index])), lines = new Map<AreaCode, RolledLine>()
  for (const { area, id, version, numerator, denominator, own } of rows) {
    const index = indexOf.get(`${id} ${version}`)
    if (index === undefined) continue
    let line = lines.get(area)
    if (!line) lines.set(area, line = { ...emptyLine(indicators.length), own: Array<boolean>(indicators.length).fill(false) })
    line.numerator[index] = numerator
    line.denominator[index] = denominator ?? NaN
    line.own[index] = own
  }
  return lines
}
