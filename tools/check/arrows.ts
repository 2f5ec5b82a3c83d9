import { BUILDINGS, KIND_ARROWS, NOUNS, placeOf, ROOMS, type Place } from './house.ts'
import type { Import } from './imports.ts'
import { isTest, type Fault } from './source.ts'

/** Imports that go against the arrows: between buildings, between rooms, and between the kinds of file in a room of the server. */
export function findArrowFaults(imports: Import[]): Fault[] {
  return imports.flatMap(found => {
    const say = found.to === null || isTest(found.from) ? null : arrowFault(placeOf(found.from), placeOf(found.to))
    return say ? [{ file: found.from, line: found.line, say: `imports ${found.to}: ${say}` }] : []
  })
}

function arrowFault(from: Place, to: Place): string | null {
  if (!(from.building in BUILDINGS)) return null
  if (from.building !== to.building) return buildingFault(from, to) ?? (isEnginesOwn(to) ? null : roomFault(NOUNS, from, to))
  return roomFault(ROOMS[from.building] ?? [], from, to) ?? kindFault(from, to)
}

/** `engine/table` reads tables for every noun, also for those before the noun `table`. */
const isEnginesOwn = ({ building, room }: Place) => building === 'engine' && (ROOMS['engine'] ?? []).includes(room)

function buildingFault(from: Place, to: Place): string | null {
  const ours = to.building in BUILDINGS || ['tools', 'tests', 'bench'].includes(to.building)
  return ours && !BUILDINGS[from.building]?.includes(to.building) ? `${from.building} may not know ${to.building}` : null
}

/** A room that is not in the order (`web/routes` seen from outside, a file without a room) only assembles others. */
function roomFault(order: string[], from: Place, to: Place): string | null {
  if (from.room === '') return null
  const here = order.indexOf(from.room)
  const there = order.indexOf(to.room)
  if (to.room === '' && from.building === to.building) return `${to.file} assembles the rooms, no room may know it`
  return here >= 0 && there > here ? `the room ${from.room} comes before ${to.room}` : null
}

function kindFault(from: Place, to: Place): string | null {
  const allowed = KIND_ARROWS[from.kind]
  if (from.building !== 'server' || !allowed || !(to.kind in KIND_ARROWS)) return null
  const sameFileKind = from.kind === to.kind && from.room !== to.room && from.kind === 'routes'
  return !allowed.includes(to.kind) || sameFileKind ? `${from.kind} may not import ${to.kind}` : null
}
