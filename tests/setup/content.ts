import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))

/** A short name for the content of folders of the checkout, tests left out. */
export function hashOf(folders: string[]): string {
  const hash = createHash('sha256')
  const files = globSync(folders.map(folder => `${folder}/**`), { cwd: CHECKOUT }).filter(file => !file.endsWith('.test.ts')).sort()
  for (const file of files) {
    if (statSync(CHECKOUT + file).isFile()) hash.update(file).update('\0').update(readFileSync(CHECKOUT + file))
  }
  return hash.digest('hex').slice(0, 16)
}
