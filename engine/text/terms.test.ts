import { expect, test } from 'vitest'
import { termsOf, withoutBan } from './terms.ts'

const of = (level: Parameters<typeof termsOf>[0]['level'], th: string, en: string, also: string[] = []) => termsOf({ level, name: { th, en }, also })

test('Mae Rim is found by its names, and by Rim', () => {
  expect(of('district', 'แม่ริม', 'Mae Rim')).toEqual([{ term: 'rim', whole: false }, { term: 'แม่ริม', whole: true }, { term: 'maerim', whole: true }])
})
test('a village is found without บ้าน and Ban, a district called บ้านนา only with it', () => {
  expect(of('village', 'บ้านหมื่นถ้อย', 'Ban Muen Thoi').map(({ term }) => term)).toEqual(['thoi', 'หมื่นถ้อย', 'muenthoi'])
  expect(of('district', 'บ้านนา', 'Ban Na').map(({ term }) => term)).toEqual(['na', 'บ้านนา', 'banna'])
})
test('Nakhon Ratchasima is also called Khorat', () => {
  expect(of('province', 'นครราชสีมา', 'Nakhon Ratchasima', ['โคราช']).map(({ term }) => term)).toContain('โคราช')
})
test('a place without a name has no terms', () => { expect(of('village', '', '')).toEqual([]) })
test('a name that is nothing but บ้าน keeps it, and Bangkok keeps its first three letters', () => {
  expect(withoutBan('บ้าน')).toBe('บ้าน')
  expect(withoutBan('bangkok')).toBe('bangkok')
})
