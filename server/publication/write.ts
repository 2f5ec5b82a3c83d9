import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'

/**
 * The rule of publication, in this one place: a figure is open when its publication is `public`.
 * Copies the figures of a source, of some periods or of all, of certain places or of all, from fact to open, and notes which series there are.
 */
export async function publish(tx: Writer, source: SourceId, period: Period | readonly Period[] | null = null, areas: readonly AreaCode[] | RawBuilder<boolean> | null = null): Promise<number> {
  const ofPeriod = period === null ? sql`source_id = ${source}` : sql`source_id = ${source} and period = any(${[period].flat()})`
  const chosen = areas === null ? ofPeriod : sql`${ofPeriod} and ${Array.isArray(areas) ? sql`area_code = any(${areas})` : areas}`
  await sql`delete from open.figure where ${chosen}`.execute(tx)
  const published = await sql`
    insert into open.figure (area_code, indicator_id, version, period, source_id, level, numerator, denominator, status)
    select area_code, indicator_id, version, period, source_id, level, numerator, denominator, status
    from fact.figure where ${within('area_code', [NATION])} and ${chosen} and publication = 'public'`.execute(tx)
  await noteSeries(tx, ofPeriod)
  return Number(published.numAffectedRows ?? 0)
}

/** Only what changes is written: whoever keeps the catalogue reads it again when a row is another. */
async function noteSeries(tx: Writer, which: RawBuilder<unknown>): Promise<void> {
  await sql`
    with there as (
      select indicator_id, version, source_id, period, level, count(*)::int as areas from open.figure where ${which} group by 1, 2, 3, 4, 5
    ), gone as (
      delete from open.series s where ${which} and not exists (
        select from there t where (t.indicator_id, t.version, t.source_id, t.period, t.level) = (s.indicator_id, s.version, s.source_id, s.period, s.level))
    )
    insert into open.series as kept (indicator_id, version, source_id, period, level, areas) select * from there
    on conflict (indicator_id, version, source_id, period, level) do update set areas = excluded.areas where kept.areas <> excluded.areas`.execute(tx)
}
