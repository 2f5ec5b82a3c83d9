import { expect, test } from 'vitest'
import type { FormModel, Question } from './dataset.form.ts'
import { isLater, keysOf, mergeLevels, type Level } from './rules.ts'

const formOf = (...paths: string[]) => ({
  repeats: [{ path: '/data/member' }],
  questions: paths.map(path => ({ path, name: path.split('/').at(-1), repeat: path.startsWith('/data/member/') ? '/data/member' : null }) as Question),
}) as FormModel
const keys = (levels: readonly Level[]) => levels.map(level => level.questions.map(question => question.key))

test('a question keeps its name as its key when a place adds one of the same name behind it', () => {
  expect(keys(keysOf(formOf('/data/owner/name', '/data/phone', '/data/member/name')))).toEqual([['name', 'phone'], ['name']])
  expect(keys(keysOf(formOf('/data/owner/name', '/data/phone', '/data/member/name', '/data/add_th58/phone')))).toEqual([['name', 'phone', 'add_th58/phone'], ['name']])
})

test('of several versions each key is there once, as the first says that has it; what only a later one has stands behind', () => {
  const versions = [formOf('/data/phone', '/data/roof'), formOf('/data/contact/phone', '/data/fence', '/data/member/age'), formOf('/data/wall', '/data/fence')].map(keysOf)
  const merged = mergeLevels(versions)
  expect(keys(merged)).toEqual([['phone', 'roof', 'fence', 'wall'], ['age']])
  expect(merged[0]?.questions[0]?.path).toBe('/data/phone')
})

test('what a place adds is later when the nation’s part or its own is, whatever code the place has by now', () => {
  expect([isLater('2026112701.TH580650.2', '2026112701.TH580703.1'), isLater('2026112801.TH580650.1', '2026112701.TH580703.1')]).toEqual([true, true])
  expect([isLater('2026112701.TH580703.1', '2026112701.TH580650.2'), isLater('2026112701.TH580703.1', '2026112701.TH580703.1')]).toEqual([false, false])
})
