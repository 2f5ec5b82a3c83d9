import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, expect, test, vi } from 'vitest'
import { openFileStore } from './file-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'rakkaeo-files-'))
const store = openFileStore(folder)
afterAll(() => rmSync(folder, { recursive: true }))

test('what was kept is found by its hash, whole, and the same bytes are kept once', async () => {
  const bytes = Buffer.from('ภาพของน้ำตก')
  const kept = await store.keep(Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]))
  expect(kept).toEqual({ sha256: createHash('sha256').update(bytes).digest(), bytes: bytes.length })
  expect(await store.keep(Readable.from([bytes]))).toEqual(kept)
  expect(await store.read(kept.sha256)).toEqual(bytes)
  expect(await store.size(kept.sha256)).toBe(bytes.length)
  expect(readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())).toHaveLength(1)
})

test('a file that breaks off leaves nothing behind', async () => {
  const broken = Readable.from((async function* () { yield Buffer.from('half'); throw new Error('the line went dead') })())
  await expect(store.keep(broken)).rejects.toThrow('went dead')
  expect(readdirSync(join(folder, 'arriving'))).toEqual([])
  expect(await store.size(createHash('sha256').update('half').digest())).toBe(null)
})

test('many files of a batch are found once it has settled, and one that breaks off takes none of the others with it', async () => {
  const batch = store.batch(), texts = Array.from({ length: 300 }, (_, n) => `ภาพที่ ${n % 290}`), kept = []
  for (const text of texts) kept.push(await batch.keep(Readable.from([Buffer.from(text)])))
  const broken = Readable.from((async function* () { yield Buffer.from('half'); throw new Error('the line went dead') })())
  await expect(batch.keep(broken)).rejects.toThrow('went dead')
  expect(await store.size((kept[289] as { sha256: Buffer }).sha256), 'not before').toBe(null)
  await batch.settle()
  for (const [n, { sha256 }] of kept.entries()) expect((await store.read(sha256)).toString()).toBe(texts[n])
  expect(readdirSync(join(folder, 'arriving'))).toEqual([])
})

test('what a killed server left half is swept away after a day, when the next one opens the folder', async () => {
  const path = (name: string) => join(folder, 'arriving', name), yesterday = Date.now() / 1000 - 25 * 3600
  for (const name of ['of yesterday', 'under way']) writeFileSync(path(name), 'half')
  utimesSync(path('of yesterday'), yesterday, yesterday)
  openFileStore(folder)
  await vi.waitFor(() => expect(readdirSync(join(folder, 'arriving'))).toEqual(['under way']))
})
