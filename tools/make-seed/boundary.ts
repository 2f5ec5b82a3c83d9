import { quantize } from 'topojson-client'
import { filter, presimplify, simplify } from 'topojson-simplify'
import type { ShapeProperties } from '../../domain/area/area.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { AreaRow } from './area.ts'
import { pcode } from './area.ts'
import { writeSeed } from './out.ts'
import type { ChangeRow } from './change.ts'
import { readTopology } from './source.ts'
import { covered } from './boundary.covers.ts'
import type { Geometry, Named } from './boundary.topology.ts'

type Level = 'province' | 'district' | 'tambon'

/** Square degrees under which a corner of the nation's district map is not seen (about 700 m × 700 m). */
const LIGHT = 4e-5

/** Which areas have a shape, by code. */
export function shapeCodes(): Set<string> {
  return new Set((['province', 'district', 'tambon'] as const).flatMap(level => read(level).objects.areas.geometries.map(g => g.properties.code)))
}

/** One file per parent and level; neighbours share their borders, because all come from one topology. */
export function writeBoundaries(areas: readonly AreaRow[], changes: readonly ChangeRow[]): void {
  const [province, district, tambon] = (['province', 'district', 'tambon'] as const).map(level => dated(read(level), areas, changes)) as [Named, Named, Named]
  for (const [code, covers] of covered(tambon, areas)) tambon.objects.areas.geometries.find(g => g.properties.code === code)!.properties.covers = covers
  write('TH', 'province', province, '')
  write('TH', 'district', light(district), '')
  for (const { properties: { code } } of province.objects.areas.geometries) {
    write(code, 'district', district, code)
    write(code, 'tambon', tambon, code)
  }
}

function read(level: Level): Named {
  const topology = readTopology(`boundaries/${level}.topojson`)
  const object = Object.values(topology.objects)[0] as unknown as { geometries: (Geometry & { properties: { code: string } })[] }
  const geometries = object.geometries.map(g => ({ type: g.type, arcs: g.arcs, properties: { code: pcode(g.properties.code) as AreaCode } }))
  return { ...topology, objects: { areas: { type: 'GeometryCollection', geometries } } } as Named
}

/** Shapes say from and until when their area is valid; an area that only changed its code keeps the shape it has today. */
function dated(topology: Named, areas: readonly AreaRow[], changes: readonly ChangeRow[]): Named {
  const days = new Map(areas.map(area => [area.code, area]))
  const today = topology.objects.areas.geometries.map(g => ({ ...g, properties: withDays(days.get(g.properties.code)!) }))
  const byCode = new Map(today.map(g => [g.properties.code as string, g]))
  const moved = changes.filter(change => change.kind === 'moved' && byCode.has(change.successor) && !byCode.has(change.predecessor))
    .map(change => ({ ...byCode.get(change.successor)!, properties: withDays(days.get(change.predecessor)!) }))
  return { ...topology, objects: { areas: { type: 'GeometryCollection', geometries: [...moved, ...today] } } }
}

function withDays(area: AreaRow): ShapeProperties {
  return { code: area.code as AreaCode, ...area.valid_from && { from: area.valid_from }, ...area.valid_until && { until: area.valid_until } }
}

function light(topology: Named): Named {
  return quantize(simplify(presimplify(topology), LIGHT), topology.transform!) as Named
}

function write(parent: string, level: Level, topology: Named, prefix: string): void {
  const geometries = topology.objects.areas.geometries.filter(g => g.properties.code.startsWith(prefix))
  const pruned = filter({ ...topology, objects: { areas: { type: 'GeometryCollection', geometries } } }, () => true)
  writeSeed(`boundary/${parent}.${level}.topojson.gz`, JSON.stringify(pruned))
}
