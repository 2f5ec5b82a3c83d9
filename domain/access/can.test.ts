import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Role, Sensitivity } from './access.ts'
import { ROLES } from './can.ts'

const text = readFileSync(new URL('../../docs/who-sees-what.md', import.meta.url), 'utf8')
const listOf = (words: readonly string[]) => words.join(', ') || '–'

test.each(Role.options)('docs/who-sees-what.md says of the %s what the rules say', role => {
  const { rights, gives, clearance } = ROLES[role]
  expect(text).toContain(`| ${role} | ${listOf(rights)} | ${listOf(gives)} |`)
  expect(text).toContain(`| ${role} | ${Sensitivity.options.map(one => clearance[one]).join(' | ')} |`)
})
