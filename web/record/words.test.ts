import { expect, test } from 'vitest'
import { answerText, clientName, shortDay } from './words.ts'

const asked = (type: string, more = {}) => ({ type, choices: null, unit: null, ...more }) as never
const choices = [{ value: 'car', label: { th: 'รถยนต์', en: 'car' } }, { value: 'boat', label: { th: 'เรือ', en: 'boat' } }]

test.each([
  ['a choice by its label', asked('choice', { choices }), 'boat', 'เรือ'],
  ['a choice that the form does not know as it came', asked('choice', { choices }), 'plane', 'plane'],
  ['several choices', asked('choices', { choices }), ['car', 'boat', 'x'], 'รถยนต์, เรือ, x'],
  ['an order', asked('rank', { choices }), ['boat', 'car'], 'เรือ › รถยนต์'],
  ['a number with its unit', asked('integer', { unit: 'baht/year' }), 85_000, '85,000 บาทต่อปี'],
  ['a year without a comma', asked('integer'), 2505, '2505'],
  ['a long number with one', asked('integer'), 12_345, '12,345'],
  ['half a rai', asked('decimal', { unit: 'rai' }), 4.5, '4.5 ไร่'],
  ['a count without a word', asked('integer', { unit: '1' }), 3, '3'],
  ['a day in the Buddhist era', asked('date'), '2026-11-26', '26 พฤศจิกายน 2569'],
  ['what is no day as it came', asked('date'), 'เมื่อวาน', 'เมื่อวาน'],
  ['a time', asked('time'), '08:00:00.000+07:00', '08:00'],
  ['yes', asked('boolean'), true, 'ใช่'],
  ['a position with how well it is known', asked('point'), { lat: 19.56231, lon: 98.24012, altitude: 600, accuracy: 4.8 }, '19.56231, 98.24012 (± 5 ม.)'],
  ['an outline by its corners', asked('shape'), '19.5 98.2 0 0;19.6 98.2 0 0;19.5 98.2 0 0', '3 จุด'],
  ['a masked number', asked('text'), { masked: 'x-xxxx-xxxxx-12-3', checked: true }, 'x-xxxx-xxxxx-12-3'],
])('an answer is read as people say it: %s', (_, question, answer, said) => {
  expect(answerText(question, answer)).toBe(said)
})

test('a program is called by the name that people know, an unknown one by its own', () => {
  expect(clientName('org.odk.collect.android/v2026.3.1 Dalvik/2.1.0')).toBe('ODK Collect v2026.3.1')
  expect(clientName('org.koboc.collect.android/v2025.1 Dalvik/2.1.0')).toBe('KoboCollect v2025.1')
  expect(clientName('curl/8')).toBe('curl/8')
})

test('a day in a column is short, and none is a dash', () => {
  expect([shortDay('2026-11-05'), shortDay(null)]).toEqual(['5 พ.ย. 2569', '–'])
})
