/** `npm run bench [-- name …]`: measures, prints a table, and keeps it with the day and the machine in bench/RESULTS.md. */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { benchBackup } from './backup.ts'
import { benchChange } from './change.ts'
import { benchChecks } from './checks.ts'
import { benchCollector } from './collector.ts'
import { benchDuplicates } from './duplicates.ts'
import { benchExplore } from './explore.ts'
import { benchImport } from './import.ts'
import { benchLayer } from './layer.ts'
import { benchLocate } from './locate.ts'
import { describeMachine } from './machine.ts'
import { benchPage } from './page.ts'
import { benchPolicies } from './policies.ts'
import { tableOf, type Result } from './results.ts'
import { benchReview } from './review.ts'
import { benchSearch } from './search.ts'
import { benchStart } from './start.ts'
import { benchSubmissions } from './submissions.ts'
import { benchTable } from './table.ts'
import { benchWholeTable } from './table.whole.ts'
import { openWorld, type World } from './world.ts'

/** Those that need an empty machine come first, then those that ask one running server. */
const ALONE: Record<string, () => Promise<Result[]>> = { start: benchStart, import: benchImport, policies: benchPolicies, submissions: benchSubmissions, locate: benchLocate, checks: benchChecks, explore: benchExplore, review: benchReview, duplicates: benchDuplicates, backup: benchBackup, change: benchChange, table: benchTable, tables: benchWholeTable }
const ASKING: Record<string, (world: World) => Promise<Result[]>> = { search: benchSearch, layer: benchLayer, page: benchPage, collector: benchCollector }

const wanted = process.argv.slice(2)
const isWanted = ([name]: [string, unknown]) => wanted.length === 0 || wanted.includes(name)
const results: Result[] = []
const unknown = wanted.filter(name => !(name in ALONE) && !(name in ASKING))
if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(', ')}. There are: ${[...Object.keys(ALONE), ...Object.keys(ASKING)].join(', ')}.`)

try {
  for (const [name, bench] of Object.entries(ALONE).filter(isWanted)) results.push(...await told(name, bench))
  await askOneServer(Object.entries(ASKING).filter(isWanted))
} finally {
  keepResults()
}

async function askOneServer(benches: [string, (world: World) => Promise<Result[]>][]): Promise<void> {
  if (benches.length === 0) return
  const world = await openWorld()
  try {
    for (const [name, bench] of benches) results.push(...await told(name, () => bench(world)))
  } finally {
    await world.end()
  }
}

/** Also what was measured before something failed: it took long enough. */
function keepResults(): void {
  if (results.length === 0) return
  const section = `## ${new Date().toISOString().slice(0, 10)}\n\n${describeMachine()}\n\n${tableOf(results)}\n`
  console.log(`\n${section}`)
  appendFileSync(join(import.meta.dirname, 'RESULTS.md'), `\n${section}`)
}

async function told(name: string, bench: () => Promise<Result[]>): Promise<Result[]> {
  console.log(`measuring ${name} …`)
  return bench()
}
