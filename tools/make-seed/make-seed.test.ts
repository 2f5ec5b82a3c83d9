import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { shares } from './ledger.bangkok.ts'
import { isSharedDataThere } from './source.ts'

const SEED = join(import.meta.dirname, '../../seed')
/** Folders of seed/ that are not of this maker: definitions and forms are written by hand, the demo world is made by tools/make-demo. */
const OF_OTHERS = /^(indicators|dataset|demo)/

/** Unpacked, because two versions of Node may pack the same text differently. */
function contentOf(file: string): string {
  const bytes = readFileSync(file)
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
}

test('the seed is, letter for letter, what is made from the shared data', { timeout: 60_000 }, context => {
  if (!isSharedDataThere()) context.skip('the shared data folder ../shared/data is not beside this checkout')
  const folder = mkdtempSync(join(tmpdir(), 'rakkaeo-seed-'))
  try {
    execFileSync(process.execPath, [join(import.meta.dirname, 'make-seed.ts'), folder])
    const filesOf = (place: string) => readdirSync(place, { recursive: true, encoding: 'utf8' }).filter(name => /\.\w+$/.test(name) && !OF_OTHERS.test(name)).sort()
    expect(filesOf(folder)).toEqual(filesOf(SEED))
    for (const name of filesOf(folder)) expect(contentOf(join(folder, name)) === contentOf(join(SEED, name)), name).toBe(true)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('shares of registered persons add up to 1 in millionths', () => {
  expect(shares([1, 2])).toEqual(['0.333333', '0.666667'])
  expect(shares([1, 1, 1]).map(Number).reduce((sum, share) => sum + share * 1e6, 0)).toBe(1e6)
})
