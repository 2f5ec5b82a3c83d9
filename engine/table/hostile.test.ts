import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TableFault } from '../../domain/table/table.ts'
import { hostileFiles } from '../../tests/setup/hostile-files.ts'
import type { HostileFile } from '../../tests/setup/hostile-files.table.ts'
import { makeCellReader, type CellReader } from './cell.ts'
import type { CellQuestion } from './cell.result.ts'
import { openTable } from './open.ts'
import { readTable } from './read-table.ts'
import { sourceOf } from './source.ts'

const FILES = [...hostileFiles()], MOST_MILLISECONDS = 3_000
const question = (name: string, more: Partial<CellQuestion>): CellQuestion => ({ name, type: 'text', label: { th: name, en: name }, choices: null, unit: null, role: null, term: null, ...more })
const READING = { era: 'any', order: 'dmy', unit: null } as const
const READERS = new Map<string, CellReader>([question('name', {}), question('national_id', { role: 'national-id' }), question('rai', { type: 'decimal', unit: 'rai' }), question('visited', { type: 'date' }), question('phone', {})].map(field => [field.name, makeCellReader(field, READING)]))

/** What is told of a file, and what is left of it: everything up to its cells. */
async function walk({ name, bytes }: HostileFile): Promise<{ outcome: HostileFile['expect']; faults: TableFault[] }> {
  const source = sourceOf(name, bytes), opened = await openTable(source)
  if ('fault' in opened) return { outcome: 'refused', faults: [opened.fault] }
  const faults: TableFault[] = [], { shape, columns } = opened.table
  for await (const batch of readTable(source, shape)) {
    faults.push(...batch.faults)
    for (const { cells } of batch.rows) for (const { index, name } of columns) {
      const result = READERS.get(name)?.(cells[index] ?? null), found = result === undefined ? null : 'fault' in result ? result.fault : result.warning
      if (found) faults.push(found)
    }
  }
  return { outcome: faults.some(fault => fault.line === null && fault.weight === 'error' && ENDING.has(fault.code)) ? 'refused' : faults.length > 0 ? 'faulty' : 'good', faults }
}
const ENDING = new Set(['table/cut', 'table/too-many-quotes', 'table/unreadable', 'table/too-large-book'])

test('there are more than two hundred of them, each with a name of its own', () => {
  expect(FILES.length).toBeGreaterThan(200)
  expect(new Set(FILES.map(file => file.name)).size).toBeGreaterThan(200)
})

test('each file that somebody might send is read rightly, or told in a sentence in both languages, and none takes long', { timeout: 60_000 }, async () => {
  const wrong: string[] = []
  for (const file of FILES) {
    const begun = performance.now(), { outcome, faults } = await walk(file).catch((error: unknown) => ({ outcome: `threw ${String(error)}`, faults: [] as TableFault[] }))
    if (outcome !== file.expect) wrong.push(`${file.name} should be ${file.expect} and is ${outcome}: ${faults.slice(0, 3).map(fault => fault.say.en).join(' ')}`)
    if (performance.now() - begun > MOST_MILLISECONDS) wrong.push(`${file.name} took ${Math.round(performance.now() - begun)} ms`)
    for (const { say, code } of faults) if (!/[ก-๙].{9}/.test(say.th) || !/^[A-Z].{9}.*[.?]$/s.test(say.en)) wrong.push(`${file.name}: ${code} says ${say.th} / ${say.en}`)
  }
  expect(wrong).toEqual([])
})

test('whatever byte of a file is changed, it is read or told, and nothing is thrown', { timeout: 60_000 }, async () => {
  const whole = FILES.filter(file => file.expect === 'good' && file.bytes.length < 4_000)
  await fc.assert(fc.asyncProperty(fc.constantFrom(...whole), fc.array(fc.tuple(fc.nat(4_000), fc.nat(255)), { minLength: 1, maxLength: 4 }), async ({ name, bytes, expect: was }, changes) => {
    const changed = bytes.slice()
    for (const [at, byte] of changes) changed[at % changed.length] = byte
    const { outcome, faults } = await walk({ name, bytes: changed, expect: was })
    expect(outcome === 'good' || faults.length > 0).toBe(true)
  }), { numRuns: 200 })
})

test('a file whose every line is broken is given up before it takes long', async () => {
  const lines = 'a,b\nc,d\n' + '"x"y,1\n'.repeat(300_000), begun = performance.now()
  const { outcome, faults } = await walk({ name: 'broken.csv', bytes: new TextEncoder().encode(lines), expect: 'refused' })
  expect([outcome, faults.at(-1)?.code]).toEqual(['refused', 'table/too-many-quotes'])
  expect(performance.now() - begun).toBeLessThan(MOST_MILLISECONDS)
})
