import { areaKm2, holds, outlinesOf } from '../../engine/geo/outline.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { AreaRow } from './area.ts'
import type { Named } from './boundary.topology.ts'
import { noteFault } from './fault.ts'

/**
 * Outlines that are older than a division: the khwaeng without a shape whose middle lies in them, and themselves if they still exist.
 * The middles and areas of all 180 khwaeng come from a newer survey than the outlines.
 */
export function covered(tambons: Named, areas: readonly AreaRow[]): Map<string, AreaCode[]> {
  const shapes = outlinesOf(tambons)
  const covers = new Map<string, AreaCode[]>()
  for (const area of areas) {
    if (area.level !== 'tambon' || area.has_shape === '1' || !area.lat) continue
    const shape = shapes.find(candidate => holds(candidate, Number(area.lon), Number(area.lat)))
    if (!shape?.code.startsWith(area.code.slice(0, 6))) throw new Error(`${area.code} lies in no outline of its district`)
    covers.set(shape.code, [...covers.get(shape.code) ?? (shape.until ? [] : [shape.code]), area.code as AreaCode])
  }
  for (const [code, inside] of covers) {
    const parts = inside.map(part => Number(areas.find(area => area.code === part)!.area_km2)).reduce((sum, km2) => sum + km2, 0)
    noteFault('boundaries', `The outline ${code} (${areaKm2(shapes.find(shape => shape.code === code)!).toFixed(1)} km²) is older than a division: it covers ${inside.join(', ')} (together ${parts.toFixed(1)} km² in the newer survey).`)
  }
  return covers
}
