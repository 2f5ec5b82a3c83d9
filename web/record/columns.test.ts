import { expect, test } from 'vitest'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { columnsOf, MOST_COLUMNS } from './columns.ts'

const question = (name: string, type = 'choice', more = {}) => ({ path: `/data/${name}`, name, type, repeat: null, asked: true, role: null, choices: null, choicesFile: null, ...more })
const model = {
  questions: [
    question('village', 'choice', { role: 'place' }), question('title', 'text', { role: 'title' }), question('open', 'choice', { choices: [{}, {}] }), question('kind'), question('story', 'text'), question('photo', 'file'),
    question('phone'), question('fee', 'integer'), question('months', 'choices'), question('sum', 'decimal', { asked: false }), question('old', 'choice', { choicesFile: 'x.csv' }), question('walk', 'integer'),
  ],
  repeats: [], groups: {},
} as unknown as FormModel
const keys = (show: string[], hidden: string[] = []) => columnsOf(model, show, [{ fields: hidden }] as never).map(column => column.key)

test('a list begins with the first few questions that tell records apart, never one that is withheld', () => {
  expect(keys([])).toEqual(['kind', 'phone', 'fee'])
  expect(keys([], ['phone'])).toEqual(['kind', 'fee', 'months'])
})

test('columns may be chosen, in the form’s order, and only such as a cell can show', () => {
  expect(keys(['walk', 'story', 'photo', 'nonsense'])).toEqual(['story', 'walk'])
  expect(keys(model.questions.map(each => each.name)).length).toBe(MOST_COLUMNS)
})
