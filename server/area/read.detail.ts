import type { AreaDetail, AreaHit } from '../../domain/area/area.ts'
import { ancestorsOf } from '../../domain/area/rules.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import type { Reader } from '../db/db.ts'
import { boundariesOf } from './read.boundary.ts'
import { changesOf } from './read.ledger.ts'
import { countInside, groupsOf, parentsByCode, toArea, type AreaRow } from './read.ts'

/** An area with what surrounds it. */
export async function areaDetail(tx: Reader, row: AreaRow): Promise<AreaDetail> {
  const [hit] = await toHits(tx, [row])
  const groups = await groupsOf(tx, row.code)
  return {
    ...hit!,
    children: await countInside(tx, row.code),
    groups: groups.map(({ id, scheme, name_th, name_en }) => ({ id, scheme, name: { th: name_th, en: name_en } })),
    changes: await changesOf(tx, row.code),
    boundaries: await boundariesOf(tx, row.code),
  }
}

/** Areas with the names above them, nearest first. */
export async function toHits(tx: Reader, rows: readonly AreaRow[], names?: ReadonlyMap<AreaCode, Text>): Promise<AreaHit[]> {
  const parents = await parentsByCode(tx, rows.map(row => row.code))
  const named = (row: AreaRow) => { const area = toArea(row); return { ...area, name: names?.get(row.code) ?? area.name } }
  return rows.map(row => ({
    ...named(row),
    parents: ancestorsOf(row.code).flatMap(code => parents.get(code) ?? []).map(named).map(({ code, type, name }) => ({ code, type, name })),
  }))
}
