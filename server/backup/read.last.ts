import { sql } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'

/** When everything was backed up last, as the audit says: of the whole house, so for whoever holds the whole nation. */
export async function lastBackup(tx: Reader, areas: readonly AreaCode[]): Promise<string | null> {
  const { rows: [last] } = await sql<{ at: Date }>`select at from audit.line where ${within('area_code', areas)} and area_code = ${NATION} and action = 'backup.make' order by at desc limit 1`.execute(tx)
  return last?.at.toISOString() ?? null
}
