import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isRoot, NOBODY } from '../../tests/setup/seeded-folder.ts'
import { canRun } from './account.ts'
import { binariesFor, findPackage } from './binaries.ts'

const folder = mkdtempSync(join(tmpdir(), 'rakkaeo-binaries-'))
chmodSync(folder, 0o755)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The npm package as it would lie in another checkout. */
function packageIn(home: string, mode: number) {
  const { native, ...rest } = findPackage()
  mkdirSync(home, { mode })
  cpSync(native, join(home, 'native'), { recursive: true, verbatimSymlinks: true })
  return { ...rest, native: join(home, 'native') }
}

test('where the account can run it, the PostgreSQL of node_modules is used as it is', () => {
  const packaged = findPackage()
  expect(binariesFor(null, packaged, join(folder, 'unused'))).toBe(packaged.native)
})

test.skipIf(!isRoot)('a checkout in a home that others cannot enter has its PostgreSQL copied to where the account can run it (left out for an ordinary user)', () => {
  const packaged = packageIn(join(folder, 'closed'), 0o700)
  const used = binariesFor(NOBODY, packaged, join(folder, 'cache'))
  expect(dirname(used)).toBe(join(folder, 'cache'))
  expect(canRun(NOBODY, join(used, 'bin/postgres'))).toBe(true)
  expect(binariesFor(NOBODY, packaged, join(folder, 'cache'))).toBe(used)
})

test('when npm was not allowed to make the package’s links, the copy has them', () => {
  const packaged = packageIn(join(folder, 'no-scripts'), 0o755)
  for (const { target } of packaged.links) unlinkSync(join(packaged.native, target))
  expect(canRun(null, join(packaged.native, 'bin/postgres'))).toBe(false)
  const used = binariesFor(null, packaged, join(folder, 'other-cache'))
  expect(canRun(null, join(used, 'bin/postgres'))).toBe(true)
})
