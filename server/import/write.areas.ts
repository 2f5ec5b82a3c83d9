import type { AreaCode } from '../../domain/base/ids.ts'
import type { AreaLevel, AreaType } from '../../domain/area/area.ts'
import { levelOf, parentOf } from '../../domain/area/rules.ts'
import { copyInto } from '../db/copy.ts'
import type { Writer } from '../db/db.ts'

const TYPE_OF: Partial<Record<AreaLevel, AreaType>> = { 'municipal-part': 'municipal-part', village: 'muban', 'village-part': 'muban-part' }

/** Makes areas that a file counts and no list names: parts of municipalities, villages and parts of villages. They have no shape and no name. */
export async function createAreas(tx: Writer, codes: readonly AreaCode[], isArea: (code: AreaCode) => boolean): Promise<void> {
  const made = new Set(codes)
  const isThere = (code: AreaCode) => isArea(code) || made.has(code)
  // Containers first: a part of a municipality before the villages in it.
  const sorted = [...codes].sort((a, b) => a.length - b.length)
  await copyInto(tx, 'core.area', ['code', 'level', 'type', 'parent_code', 'name_th', 'name_en'],
    sorted.map(code => [code, levelOf(code), TYPE_OF[levelOf(code)] as AreaType, nearest(code, isThere), '', '']))
}

function nearest(code: AreaCode, isThere: (code: AreaCode) => boolean): AreaCode {
  const parent = parentOf(code) as AreaCode
  return isThere(parent) ? parent : nearest(parent, isThere)
}
