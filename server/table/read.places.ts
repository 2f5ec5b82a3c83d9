import { sql } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import { parentOf } from '../../domain/area/rules.ts'
import { makePlaceResolver, type PlaceResolver } from '../../engine/table/places.ts'
import { allChanges } from '../area/read.ledger.ts'
import { notValidOn } from '../area/read.ts'
import type { Reader } from '../db/db.ts'
import { TODAY } from '../db/today.ts'

export type Places = { resolve: PlaceResolver; has: (code: AreaCode) => boolean; /** With those around it: `ถ้ำลอด ปางมะผ้า แม่ฮ่องสอน`. */ nameOf: (code: AreaCode) => Text }

let known: { edition: string; places: Places } | null = null

/** All places that hold today, and how they are found by what people write: read anew once something about them is another. */
export async function getPlaces(tx: Reader): Promise<Places> {
  const { rows: [row] } = await sql<{ edition: string }>`select concat_ws(' ', current_database(), ${TODAY}, (select concat_ws(' ', count(*), max(xmin::text::bigint)) from core.area), (select concat_ws(' ', count(*), max(xmin::text::bigint)) from core.area_change)) as edition`.execute(tx)
  if (known?.edition !== row?.edition) known = { edition: row?.edition ?? '', places: await loadPlaces(tx) }
  return (known as NonNullable<typeof known>).places
}

async function loadPlaces(tx: Reader): Promise<Places> {
  const rows = await tx.selectFrom('open.area').where('code', 'not in', notValidOn('today')).select(['code', 'level', 'parent_code', 'name_th', 'name_en']).orderBy('code').execute()
  const names = new Map(rows.map(row => [row.code, { th: row.name_th, en: row.name_en }])), ledger = await allChanges(tx)
  const nameOf = (code: AreaCode): Text => {
    const above = parentOf(code), own = names.get(code) ?? { th: code, en: code }
    if (above === null || above.length === 2) return own
    const rest = nameOf(above)
    return { th: `${own.th || code} ${rest.th}`, en: `${own.en || code}, ${rest.en}` }
  }
  return {
    nameOf, has: code => names.has(code),
    resolve: makePlaceResolver(rows.map(row => ({ code: row.code, level: row.level, parentCode: row.parent_code, name: { th: row.name_th, en: row.name_en } })), ledger),
  }
}

/** @example isProvinceIn(places)('เชียงราย') // => true */
export const isProvinceIn = ({ resolve }: Places) => (name: string): boolean => { const found = resolve({ province: name }); return 'area' in found && !found.isMended }
