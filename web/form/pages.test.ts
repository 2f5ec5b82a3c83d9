import { expect, test } from 'vitest'
import type { Group, Question, Repeat, Shown } from './shown.ts'
import { pageOf, pagesOf } from './pages.ts'

const question = (name: string) => ({ kind: 'question', id: name, path: `/data/${name}`, label: name }) as Question
const group = (label: string, isScreen: boolean, children: Shown[]): Group => ({ kind: 'group', id: label, path: `/data/${label}`, label, isScreen, children })
const repeat = (label: string, rows: Group[]): Repeat => ({ kind: 'repeat', id: label, path: `/data/${label}`, label, canGrow: true, rows })

test('loose questions share a screen, a group for one screen is one, others are walked through, a repeat stands alone', () => {
  const pages = pagesOf([question('a'), question('b'), group('g', true, [question('c'), repeat('inner', [])]), group('', false, [question('d'), group('h', false, [question('e')])]), question('f'), repeat('r', [group('', true, [question('x')])])])
  expect(pages.map(({ headings, shown }) => [headings.join('/'), shown.map(({ id }) => id).join(' ')])).toEqual([['', 'a b'], ['g', 'c inner'], ['', 'd'], ['h', 'e'], ['', 'f'], ['', 'r']])
  expect(['b', 'c', 'inner', 'x', 'gone'].map(name => pageOf(pages, name))).toEqual([0, 1, 1, 5, -1])
})
