import type { AreaCode } from '../../domain/base/ids.ts'
import type { AreaLevel, AreaType } from '../../domain/area/area.ts'
import { levelOf, parentOf } from '../../domain/area/rules.ts'
import type { Writer } from '../db/db.ts'

const TYPE_OF: Partial<Record<AreaLevel, AreaType>> = { 'municipal-part': 'municipal-part', village: 'muban', 'village-part': 'muban-part' }

/** Makes areas that a file counts and no list names: parts of municipalities, villages and parts of villages. They have no shape and no name. */
export async function createAreas(tx: Writer, codes: readonly AreaCode[], isArea: (code: AreaCode) => boolean): Promise<void> {
  const made = new Set(codes)
  const isThere = (code: AreaCode) => isArea(code) || made.has(code)
  // Containers first: a part of a municipality before the villages in it.
  const rows = [...codes].sort((a, b) => a.length - b.length).map(code => ({
    code, level: levelOf(code), type: TYPE_OF[levelOf(code)] as AreaType, parent_code: nearest(code, isThere),
    name_th: '', name_en: '', valid_from: null, valid_until: null, lat: null, lon: null, area_km2: null, has_shape: false,
  }))
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await tx.insertInto('core.area').values(rows.slice(from, from + ROWS_AT_ONCE)).onConflict(conflict => conflict.column('code').doNothing()).execute()
  }
}

/** PostgreSQL takes 65,535 parameters in one statement. */
const ROWS_AT_ONCE = 2000

function nearest(code: AreaCode, isThere: (code: AreaCode) => boolean): AreaCode {
  const parent = parentOf(code) as AreaCode
  return isThere(parent) ? parent : nearest(parent, isThere)
}
