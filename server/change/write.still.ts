import { sql } from 'kysely'
import { lockCounts } from '../count/write.ts'
import type { Writer } from '../db/db.ts'
import { lockReading } from '../record/write.map.ts'

const CHANGING = 7254431

/** One change after the other. */
export async function lockChanging(tx: Writer): Promise<void> {
  await sql`select pg_advisory_xact_lock(${CHANGING})`.execute(tx)
}

/** Nothing is read in, judged, acted on or counted until the transaction ends: also nobody who has chosen records to change holds one of them. */
export async function standStill(tx: Writer): Promise<void> {
  await lockReading(tx)
  await sql`lock table core.record in exclusive mode`.execute(tx)
  await lockCounts(tx)
}
