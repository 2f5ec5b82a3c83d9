import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))

/** What an empty and a seeded database are made from. */
export const EMPTY = ['db/**'], SEEDED = ['db/**', 'seed/**', 'server/seed.ts', 'server/db/**', 'server/*/write*.ts', 'server/*/read*.ts', 'engine/**', 'domain/**']

/** A short name for the content of files of the checkout, tests left out. */
export function hashOf(patterns: string[]): string {
  const hash = createHash('sha256')
  const files = globSync(patterns, { cwd: CHECKOUT }).filter(file => !file.endsWith('.test.ts')).sort()
  for (const file of files) {
    if (statSync(CHECKOUT + file).isFile()) hash.update(file).update('\0').update(readFileSync(CHECKOUT + file))
  }
  return hash.digest('hex').slice(0, 16)
}
