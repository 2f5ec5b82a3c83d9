import { expect, test } from 'vitest'
import type { Group, Question, Repeat, Shown } from '../form/shown.ts'
import { formatStep, nearestStep, parseStep, standAt, stepAfter, stepBefore, stepOf } from './form.steps.ts'

const question = (name: string) => ({ kind: 'question', id: name, path: `/data/${name}`, label: name, fault: '' }) as Question
const group = (label: string, children: Shown[]): Group => ({ kind: 'group', id: label, path: `/data/${label}`, label, isScreen: true, children })
const rows = (label: string, rows: Group[]): Repeat => ({ kind: 'repeat', id: label, path: `/data/${label}`, label, canGrow: true, rows })
const member = (name: string) => group('', [group('who', [question(`${name}-name`)]), group('life', [question(`${name}-work`)])])
const FORM = [group('house', [question('number')]), rows('member', [member('mali'), member('somsak')]), group('end', [question('photo')])]

test('a form is walked to its end: into a row only by choosing it, out of its last page back to the list', () => {
  const walk: string[] = []
  for (let step = [0] as readonly number[] | null; step; step = stepAfter(FORM, step)) walk.push(formatStep(step))
  expect(walk).toEqual(['0', '1', '2'])
  expect([stepAfter(FORM, [1, 1, 0]), stepAfter(FORM, [1, 1, 1])]).toEqual([[1, 1, 1], [1]])
  expect([stepBefore([2]), stepBefore([0]), stepBefore([1, 1, 1]), stepBefore([1, 1, 0])]).toEqual([[1], null, [1, 1, 0], [1]])
})

test('every question is found where it is asked', () => {
  for (const [id, step] of [['number', '0'], ['somsak-work', '1.1.1'], ['photo', '2']] as const) {
    expect(formatStep(stepOf(FORM, id) ?? [])).toBe(step)
    expect(standAt(FORM, parseStep(step))?.page.shown.map(each => each.id)).toEqual([id])
  }
  expect([stepOf(FORM, 'gone'), standAt(FORM, [1, 5, 0]), standAt(FORM, [0, 0, 0])]).toEqual([null, null, null])
  expect(standAt(FORM, [1, 1, 0])).toMatchObject({ row: { label: 'member', number: 2 }, at: 0, of: 2, rows: null })
  expect(standAt(FORM, [1])?.rows?.id).toBe('member')
})

test('an address of something that has gone leads to what is nearest', () => {
  expect([nearestStep(FORM, [1, 7, 0]), nearestStep(FORM, [9]), nearestStep(FORM, [1, 1, 1]), parseStep('x'), parseStep('1.2')]).toEqual([[1], [2], [1, 1, 1], [0], [0]])
})
