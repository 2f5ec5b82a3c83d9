import type { AreaCode } from '../base/ids.ts'
import type { Area } from '../area/area.ts'
import { isWithin, levelOf } from '../area/rules.ts'
import { changeProblems } from './problems.ts'

export type Ground = Pick<Area, 'code' | 'level' | 'type' | 'name' | 'parentCode' | 'point' | 'areaKm2' | 'hasShape'>

const MOST_NUMBERS = 99

/**
 * Under which codes places go on that are put together: each village keeps its number where it is free, else it gets the next that never was
 * in use. Those of the place whose code stays come first and keep theirs.
 * @example two tambons with villages 01 and 02 each, into the first: TH58070301 and …02 stay, TH58070401 and …02 become TH58070303 and …04
 */
export function renumber({ areas, code }: { areas: readonly AreaCode[]; code: AreaCode }, inside: readonly Ground[], isKnown: (code: AreaCode) => boolean): Map<AreaCode, AreaCode> {
  const moves = new Map<AreaCode, AreaCode>(), taken = new Set<AreaCode>(inside.map(ground => ground.code).filter(one => isWithin(one, code)))
  for (const area of areas) {
    if (area === code) continue
    moves.set(area, code)
    for (const { code: child } of inside.filter(({ parentCode }) => parentCode === area)) {
      const now = free(code, child.slice(area.length), one => taken.has(one) || isKnown(one))
      taken.add(now)
      for (const { code: below } of inside) if (isWithin(below, child)) moves.set(below, now + below.slice(child.length) as AreaCode)
    }
  }
  return moves
}

function free(parent: AreaCode, wanted: string, isTaken: (code: AreaCode) => boolean): AreaCode {
  const numbers = [wanted, ...Array.from({ length: MOST_NUMBERS }, (_, i) => String(i + 1).padStart(2, '0'))].map(number => parent + number as AreaCode)
  // a part of a municipality stays one
  const found = numbers.find(code => !isTaken(code) && levelOf(code) === levelOf(numbers[0] as AreaCode))
  if (!found) throw changeProblems.full({ code: parent })
  return found
}
