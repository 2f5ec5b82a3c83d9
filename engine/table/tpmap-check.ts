import type { AreaCode } from '../../domain/base/ids.ts'
import { TPMAP_FIGURES, TPMAP_NESTED, TPMAP_RATE, type Place, type TpmapPart } from '../../domain/import/tpmap.ts'
import { ancestorsOf, levelOf, parentOf } from '../../domain/area/rules.ts'
import type { FaultBook } from './faults.ts'
import type { Reading, RowSpot } from './tpmap-rows.ts'

/** The cells of both parts of one area: those of this import before those of earlier ones. */
export type AreaCells = Partial<Record<TpmapPart, Float64Array>>
export type Known = {
  /** Is this a place, now or once? */
  isArea: (code: AreaCode) => boolean
  /** What was imported earlier for the same source and period. */
  earlier: (code: AreaCode) => AreaCells | undefined
  /** May whoever imports write there? Absent: everywhere. */
  isMine?: (code: AreaCode) => boolean
}
export type Checked = { good: Reading[]; leftOut: number; newAreas: AreaCode[] }

/** Checks what needs more than one cell: places, repetitions, bases. Rows with an error are left out. */
export function checkReadings(readings: readonly Reading[], known: Known, faults: FaultBook): Checked {
  const newAreas = new Set<AreaCode>()
  const placed = withoutRepeats(readings, faults).filter(reading => {
    const fault = known.isMine?.(reading.area) === false ? 'outside' : place(reading.area, known, newAreas) ? null : 'unknownArea'
    if (fault) faults.add(fault, { ...reading.spot, value: reading.area.slice(2) }, {})
    return fault === null
  })
  const good = [...groupByArea(placed).values()].flatMap(ofArea => checkArea(ofArea, known, faults))
  const used = new Set(good.flatMap(({ area }) => [area, ...ancestorsOf(area)]))
  return { good, leftOut: readings.length - good.length, newAreas: [...newAreas].filter(code => used.has(code)) }
}

/** Which of two rows of one area is right cannot be known: both are left out. */
function withoutRepeats(readings: readonly Reading[], faults: FaultBook): Reading[] {
  const first = new Map<string, Reading>(), repeated = new Set<string>()
  for (const reading of readings) {
    const key = `${reading.part} ${reading.area}`
    const before = first.get(key)
    if (!before) { first.set(key, reading); continue }
    repeated.add(key)
    faults.add('twice', { ...reading.spot, value: reading.area.slice(2) }, { first: `${before.spot.file}:${before.spot.line}` })
  }
  return [...first].filter(([key]) => !repeated.has(key)).map(([, reading]) => reading)
}

/**
 * A province, district or tambon must be known. Parts of municipalities and villages that no list has are places of their own kind:
 * they are made, under the nearest place that is known.
 */
function place(area: AreaCode, known: Known, newAreas: Set<AreaCode>): boolean {
  if (known.isArea(area) || newAreas.has(area)) return true
  const container = containerOf(area)
  if (container === null || !place(container, known, newAreas)) return false
  newAreas.add(area)
  return true
}

/** What must be there for an area to be made; null for areas that are never made by an import. */
function containerOf(area: AreaCode): AreaCode | null {
  switch (levelOf(area)) {
    case 'municipal-part': case 'village': return parentOf(area)
    // The village itself may be in no list; then its part lies directly in the tambon or municipal part.
    case 'village-part': return parentOf(parentOf(area) as AreaCode)
    default: return null
  }
}

function groupByArea(readings: readonly Reading[]): Map<AreaCode, Reading[]> {
  const groups = new Map<AreaCode, Reading[]>()
  for (const reading of readings) {
    const group = groups.get(reading.area)
    if (group) group.push(reading)
    else groups.set(reading.area, [reading])
  }
  return groups
}

/** The readings of one area that stand, after its numbers were held against one another. */
function checkArea(readings: Reading[], known: Known, faults: FaultBook): Reading[] {
  const before = faults.errors()
  const area = (readings[0] as Reading).area
  const cells: AreaCells = { ...known.earlier(area) }
  for (const reading of readings) cells[reading.part] = reading.cells
  const spot = (part: TpmapPart) => (readings.find(reading => reading.part === part) ?? readings[0] as Reading).spot
  if (cells.common === undefined) {
    faults.add('noBase', { ...spot('poor'), value: area.slice(2) }, { part: 'common' })
    return []
  }
  const at = (place: Place) => cells[place.part]?.[place.index] ?? NaN
  checkBases(at, spot, faults)
  checkNesting(at, spot, faults)
  checkRate(at, spot, faults)
  return faults.errors() > before ? [] : readings
}

type At = (place: Place) => number
type SpotOf = (part: TpmapPart) => RowSpot

function checkBases(at: At, spot: SpotOf, faults: FaultBook): void {
  for (const { numerator, denominator, weighted } of TPMAP_FIGURES) {
    if (denominator === null || weighted || !(at(numerator) > at(denominator))) continue
    faults.add('aboveBase', { ...spot(numerator.part), column: numerator.name, value: String(at(numerator)) }, { base: denominator.name, baseValue: at(denominator) })
  }
}

function checkNesting(at: At, spot: SpotOf, faults: FaultBook): void {
  for (const [inner, outer] of TPMAP_NESTED) {
    if (!(at(inner) > at(outer))) continue
    faults.add('aboveGroup', { ...spot(inner.part), column: inner.name, value: String(at(inner)) }, { group: outer.name, groupValue: at(outer) })
  }
}

/** Rates are published with up to 14 digits; someone may have rounded them to two. */
const RATE_TOLERANCE_PERCENT_POINTS = 0.006

function checkRate(at: At, spot: SpotOf, faults: FaultBook): void {
  const computed = 100 * at(TPMAP_RATE.numerator) / at(TPMAP_RATE.denominator), rate = at(TPMAP_RATE.rate)
  if (!(Math.abs(computed - rate) > RATE_TOLERANCE_PERCENT_POINTS)) return
  faults.add('otherRate', { ...spot('poor'), column: TPMAP_RATE.rate.name, value: String(rate) }, { computed: computed.toFixed(4) })
}
