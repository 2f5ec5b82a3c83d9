import { expect, test } from 'vitest'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { outlineOf, type Block } from './outline.ts'

const question = (path: string, repeat: string | null = null) => ({ path, name: path.split('/').at(-1) as string, repeat })
const repeat = (path: string, inside: string | null) => ({ path, name: path.split('/').at(-1) as string, label: { th: path, en: path }, repeat: inside })

/** A farmer's form: a person, then plots with their crops, then a note. */
const farmer = {
  questions: [
    question('/data/start/village'), question('/data/person/name'), question('/data/person/phone'),
    question('/data/plot/rai', '/data/plot'), question('/data/plot/crop/kind', '/data/plot/crop'), question('/data/plot/crop/harvest', '/data/plot/crop'), question('/data/plot/note', '/data/plot'),
    question('/data/note'),
  ],
  repeats: [repeat('/data/plot', null), repeat('/data/plot/crop', '/data/plot')], groups: {},
} as unknown as FormModel

const drawn = (blocks: Block[]): unknown[] => blocks.map(block => block.kind === 'questions' ? block.questions.map(each => each.key) : { [block.repeat.name]: drawn(block.blocks) })

test('a form is outlined as it is read: groups apart, plots with their crops inside, each repeat where it begins', () => {
  expect(drawn(outlineOf(farmer))).toEqual([['village'], ['name', 'phone'], { plot: [['rai'], { crop: [['kind', 'harvest']] }, ['note']] }, ['note']])
})

test('a repeat that asks nothing is left out, and no question stands twice', () => {
  const bare = { ...farmer, repeats: [...farmer.repeats, repeat('/data/empty', null)] } as FormModel
  expect(JSON.stringify(drawn(outlineOf(bare))).match(/note|rai|kind/g)).toEqual(['rai', 'kind', 'note', 'note'])
})
