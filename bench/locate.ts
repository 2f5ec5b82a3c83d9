import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { makeLocator } from '../engine/geo/locate.ts'
import { holds, outlinesOf, type Outline } from '../engine/geo/outline.ts'
import { measureBoth, median, p95 } from './measure.ts'
import { inMs, type Result } from './results.ts'

const SEED = join(import.meta.dirname, '../seed/boundary')
const POINTS = 500
/** The box of the country; a good third of it is sea or neighbour, where nothing may be found. */
const WEST = 97.3, EAST = 105.7, SOUTH = 5.6, NORTH = 20.5

/** Which area holds a point: the index beside asking every shape, on the same points, at three sizes. */
export async function benchLocate(): Promise<Result[]> {
  const results: Result[] = []
  for (const [level, pattern] of [['province', 'TH.province'], ['district', 'TH??.district'], ['tambon', 'TH??.tambon']] as const) {
    const shapes = readShapes(`${pattern}.topojson.gz`)
    const locate = makeLocator(shapes)
    const points = Array.from({ length: POINTS }, (_, at) => pointAt(at))
    const { ours, theirs } = await measureBoth(POINTS, run => locate(...points[run]!), run => shapes.find(shape => holds(shape, ...points[run]!)))
    results.push({
      task: 'which area holds a point, in memory', size: `${shapes.length.toLocaleString('en')} ${level} shapes`,
      ours: `${inMs(median(ours))}, p95 ${inMs(p95(ours))}`, beside: `asking every shape ${inMs(median(theirs))}`,
    })
  }
  return results
}

function readShapes(pattern: string): Outline[] {
  return globSync(pattern, { cwd: SEED }).sort().flatMap(file => outlinesOf(JSON.parse(gunzipSync(readFileSync(join(SEED, file))).toString())))
}

/** Points that cover the box evenly and are the same at every run (an additive recurrence). */
function pointAt(at: number): [lon: number, lat: number] {
  return [WEST + (EAST - WEST) * ((at * 0.754877666) % 1), SOUTH + (NORTH - SOUTH) * ((at * 0.569840296) % 1)]
}
