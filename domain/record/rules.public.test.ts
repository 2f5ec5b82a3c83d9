import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Dataset } from '../dataset/dataset.ts'
import type { FormModel, Question } from '../dataset/dataset.form.ts'
import { isPublic, ladderOf, mayPublish } from './rules.public.ts'

const asking = (...roles: Question['role'][]) => ({ repeats: [], questions: roles.map(role => ({ path: `/data/${role}`, name: role, repeat: null, role })) }) as unknown as FormModel

test('a record is for the public only where nobody asked to keep it from them and consent was given', () => {
  expect(mayPublish(asking('title'), {})).toBe(true)
  const table: [Question['role'], string | undefined, boolean][] = [['not-public', 'yes', false], ['not-public', 'no', true], ['not-public', undefined, false], ['consent', 'yes', true], ['consent', 'no', false], ['consent', undefined, false]]
  for (const [role, answer, may] of table) expect(mayPublish(asking('title', role), answer === undefined ? {} : { [String(role)]: answer }), `${role} ${answer}`).toBe(may)
})

test('of the datasets that we ship, those about persons and households never, and none has a ladder of its own', () => {
  const datasets = globSync('seed/dataset/*/dataset.json').map(file => Dataset.parse(JSON.parse(readFileSync(file, 'utf8'))))
  expect(datasets.filter(isPublic).map(({ id }) => id).sort()).toEqual(['accommodation', 'animal', 'attraction', 'local-food', 'occurrence', 'otop-product', 'plant', 'restaurant', 'story', 'tambon-goals', 'tambon-profile', 'village-sheet', 'water-source'])
  for (const dataset of datasets) expect(ladderOf(dataset)).toEqual({ approves: 'tambon', counts: 'approved' })
})
