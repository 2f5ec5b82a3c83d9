import { sql } from 'kysely'
import type { SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'

/**
 * The rule of publication, in this one place: a figure is open when its publication is `public`.
 * Copies the figures of a source, of one period or of all, from fact to open, and notes which series there are.
 */
export async function publish(tx: Writer, source: SourceId, period: Period | null = null): Promise<number> {
  const ofPeriod = period === null ? sql`true` : sql`period = ${period}`
  await sql`delete from open.figure where source_id = ${source} and ${ofPeriod}`.execute(tx)
  await sql`delete from open.series where source_id = ${source} and ${ofPeriod}`.execute(tx)
  const published = await sql`
    insert into open.figure (area_code, indicator_id, version, period, source_id, level, numerator, denominator, status)
    select area_code, indicator_id, version, period, source_id, level, numerator, denominator, status
    from fact.figure where ${within('area_code', [NATION])} and source_id = ${source} and ${ofPeriod} and publication = 'public'`.execute(tx)
  await sql`
    insert into open.series (indicator_id, version, source_id, period, level, areas)
    select indicator_id, version, source_id, period, level, count(*)
    from open.figure where source_id = ${source} and ${ofPeriod} group by 1, 2, 3, 4, 5`.execute(tx)
  return Number(published.numAffectedRows ?? 0)
}
