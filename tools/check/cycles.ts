import type { Import } from './imports.ts'
import type { Fault } from './source.ts'

/** Circles of imports, type imports included; each is told once, from its first file in the alphabet. */
export function findCycles(imports: Import[]): Fault[] {
  const graph = Map.groupBy(imports.filter(found => found.to !== null), found => found.from)
  const done = new Set<string>()
  const circles = new Map<string, string[]>()
  const walk = (file: string, trail: string[]): void => {
    const at = trail.indexOf(file)
    if (at >= 0) return keepCircle(circles, trail.slice(at))
    if (done.has(file)) return
    for (const { to } of graph.get(file) ?? []) walk(to as string, [...trail, file])
    done.add(file)
  }
  for (const file of [...graph.keys()].sort()) walk(file, [])
  return [...circles.values()].map(circle => ({ file: circle[0] as string, say: `imports itself in a circle: ${[...circle, circle[0]].join(' → ')}` }))
}

function keepCircle(circles: Map<string, string[]>, circle: string[]): void {
  const first = circle.indexOf([...circle].sort()[0] as string)
  const turned = [...circle.slice(first), ...circle.slice(0, first)]
  circles.set(turned.join(), turned)
}
