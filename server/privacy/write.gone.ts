import { sql } from 'kysely'
import { NATION } from '../../domain/area/rules.ts'
import type { FileStore } from '../base/file-store.ts'
import type { Db } from '../db/db.ts'
import { SYSTEM, writeAs } from '../db/scope.ts'
import { within } from '../db/place.ts'

const AT_ONCE = 100

/**
 * Takes the bytes of erased photographs from the disk, once no record uses them; gives how many were looked at. The list is in the database
 * from the transaction of the erasure on: a server that is killed in between goes on with it.
 */
export function removeGone(app: Db, files: FileStore): Promise<number> {
  return writeAs(app, SYSTEM, async tx => {
    const { rows } = await sql<{ sha256: Buffer; goneAt: Date; used: boolean }>`
      select g.sha256, g.gone_at as "goneAt", exists (select from raw.attachment a where a.sha256 = g.sha256 and ${within('a.area_code', [NATION])}) as used
      from core.file_gone g where g.gone_at <= clock_timestamp() order by g.gone_at limit ${AT_ONCE} for update skip locked`.execute(tx)
    for (const { sha256, goneAt, used } of rows) {
      // somebody sent the same picture meanwhile: its line may come a moment after its bytes
      if (!used && !await files.remove(sha256, goneAt)) await sql`update core.file_gone set gone_at = clock_timestamp() + interval '1 day' where sha256 = ${sha256}`.execute(tx)
      else await sql`delete from core.file_gone where sha256 = ${sha256}`.execute(tx)
    }
    return rows.length
  })
}
