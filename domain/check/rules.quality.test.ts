import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { daysOf, QUALITY, TOTAL, totalOf } from './rules.quality.ts'

describe('the quality of records', () => {
  test('is defined in docs/quality.md in the very words that the site shows', () => {
    const rows = readFileSync(new URL('../../docs/quality.md', import.meta.url), 'utf8').split('\n').filter(line => line.startsWith('| ')).map(line => line.split('|').slice(1, -1).map(cell => cell.trim()))
    const definitions = [...Object.values(QUALITY), { name: { th: 'รวม', en: 'Total' }, definition: TOTAL }].map(({ name, definition }) => [name.th, name.en, definition.th, definition.en])
    expect(rows.slice(1, 1 + definitions.length)).toEqual(definitions)
  })

  test('is the plain mean of what can be judged', () => {
    expect(totalOf({ completeness: 1, timeliness: null, consistency: 0.5, plausibility: 1, approval: 0.5 })).toBe(0.75)
    expect(totalOf({ completeness: null, timeliness: null, consistency: null, plausibility: null, approval: null })).toBeNull()
  })

  test('is timely within the time that the catalogue says', () => {
    expect(daysOf({ update_frequency_unit: 'ปี', update_frequency_interval: 2 })).toBe(730)
    expect(daysOf({ update_frequency_unit: 'เดือน', update_frequency_interval: null })).toBe(31)
    expect(daysOf({ update_frequency_unit: 'ไม่ทราบ', update_frequency_interval: 1 })).toBeNull()
  })
})
