import { gunzipSync } from 'node:zlib'
import type { AreaLevel } from '../../domain/area/area.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Reader } from '../db/db.ts'

/** Tambons of a whole province are one file, so that a district and its neighbours need no other. */
const PROVINCE_LENGTH = 4

/** The boundaries that a place's map needs. */
export function boundariesOf(db: Reader, code: AreaCode) {
  return db.selectFrom('open.boundary').select(['area_code', 'level', 'version'])
    .where('area_code', '=', code.slice(0, PROVINCE_LENGTH) as AreaCode)
    .$if(code.length > PROVINCE_LENGTH, query => query.where('level', '=', 'tambon'))
    .orderBy('level')
}

export function hrefOf(code: AreaCode, level: AreaLevel, version: string): string {
  return `/api/boundaries/${version}/${code}/${level}`
}

/** The TopoJSON text of one file, if this is still its content. */
export async function findBoundary(db: Reader, code: AreaCode, level: AreaLevel, version: string): Promise<string | undefined> {
  const row = await db.selectFrom('open.boundary').select('topology')
    .where('area_code', '=', code).where('level', '=', level).where('version', '=', version).executeTakeFirst()
  return row && gunzipSync(row.topology).toString()
}
