import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { Dataset } from '../dataset/dataset.ts'
import type { FormModel } from '../dataset/dataset.form.ts'
import { activityOf } from './rules.activities.ts'

const seeds = globSync('seed/dataset/*/dataset.json', { cwd: resolve(import.meta.dirname, '../..') }).map(file => Dataset.parse(JSON.parse(readFileSync(resolve(import.meta.dirname, '../..', file), 'utf8'))))

test('the register of processing says of every dataset what section 39 asks, in both languages', () => {
  const model = { questions: [{ asked: true, sensitivity: 'sensitive', label: { th: 'ศาสนา', en: 'Religion' } }, { asked: false, sensitivity: 'sensitive', label: { th: 'x', en: 'x' } }] } as unknown as FormModel
  expect(seeds.length).toBeGreaterThan(10)
  for (const dataset of seeds) {
    const items = activityOf(dataset, model), said = new Map(items.map(({ key, say }) => [key, say]))
    expect([dataset.id, items.length, items.filter(({ say, label }) => [say.th, say.en, label.th, label.en].includes('')).map(({ key }) => key)]).toEqual([dataset.id, 16, []])
    expect([said.get('sensitive')?.en, said.get('personal')?.en]).toEqual(['Religion', 'none'])
    expect(said.get('retention')?.en).toContain(dataset.retentionYears === null ? 'without an end' : `${dataset.retentionYears} years`)
  }
})
