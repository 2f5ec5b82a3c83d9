import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

test('which day it is is asked by the calendar of Thailand, not by the clock where the database stands', () => {
  const root = resolve(import.meta.dirname, '../..'), files = globSync('{server,cli}/**/*.ts', { cwd: root }).filter(file => !file.endsWith('.test.ts'))
  expect(files.length).toBeGreaterThan(200)
  expect(files.filter(file => /\bcurrent_date\b/i.test(readFileSync(resolve(root, file), 'utf8')))).toEqual([])
})
