import type { AreaCode } from '../../domain/base/ids.ts'
import { lastDayOf, type Period } from '../../domain/base/period.ts'
import type { Text } from '../../domain/base/text.ts'
import type { AsOf } from '../../domain/figure/figure.ts'
import { areasByCode, type AreaRow } from '../area/read.ts'
import { namesOn } from '../area/read.ledger.ts'
import type { Reader } from '../db/db.ts'

/** Areas by code with the names that they had: a place as it was is called as it was called. */
export async function listNamed(tx: Reader, codes: readonly AreaCode[], asOf: AsOf, period: Period): Promise<Map<AreaCode, AreaRow>> {
  const areas = await areasByCode(tx, codes)
  if (asOf === 'now') return areas
  const renamed = await namesOn(tx, asOf === 'then' ? lastDayOf(period) : asOf)
  return new Map([...areas].map(([code, area]) => {
    const name = renamed.get(code)
    return [code, name ? { ...area, name_th: name.th, name_en: name.en } : area]
  }))
}

export function nameOf(area: AreaRow | undefined): Text {
  return { th: area?.name_th ?? '', en: area?.name_en ?? '' }
}
