import { sql } from 'kysely'
import type { AreaCode, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'

/** A source and period that something was read of in some places, and how deep its codes go there. */
export type Inside = { source: SourceId; period: Period; baseLength: number }

/** What was read of these places, newest period first: answered from the key alone. */
export async function listInside(tx: Reader, places: readonly AreaCode[]): Promise<Inside[]> {
  if (places.length === 0) return []
  const { rows } = await sql<Inside>`
    select source_id as source, period, max(length(area_code)) as "baseLength" from fact.reading
    where ${within('area_code', places)} and part = 'common'
    group by source_id, period order by period desc, source_id desc`.execute(tx)
  return rows
}
