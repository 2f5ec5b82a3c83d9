import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..'), IMPORT = /^\s*(?:import|export)\s+(?!type\b)(?:([^'"]*?)\s+from\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm
const isTypesOnly = (names = '') => /^\{[^}]*\}$/.test(names.trim()) && names.replace(/[{}]/g, '').split(',').filter(name => name.trim() !== '').every(name => name.trim().startsWith('type '))

/** Everything that runs in a browser once these files do, each with the file that brings it. */
function reachedFrom(files: readonly string[]): Map<string, string> {
  const reached = new Map(files.map(file => [file, '']))
  for (const file of reached.keys()) {
    if (!existsSync(join(ROOT, file))) continue
    for (const [, names, plain, dynamic] of readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)) {
      const spec = plain ?? dynamic as string, to = spec.startsWith('.') ? join(dirname(file), spec) : spec
      if (!isTypesOnly(names) && !reached.has(to)) reached.set(to, file)
    }
  }
  return reached
}

test('what a telephone carries to collect brings no schemas: they would be a tenth of it', () => {
  const reached = reachedFrom(['web/routes/collect/+page.svelte', 'web/routes/+layout.svelte', 'web/routes/+error.svelte', 'web/hooks.ts'])
  expect([...reached.keys()]).toEqual(expect.arrayContaining(['web/collect/outbox.entry.ts', 'web/form/engine.ts', '@getodk/xforms-engine', 'domain/area/rules.ts']))
  expect(reached.get('zod'), 'brought by').toBeUndefined()
  expect(reachedFrom(['web/explore/ExploreView.svelte']).has('zod'), 'where schemas are meant they are found').toBe(true)
})
