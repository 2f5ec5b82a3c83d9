import { expect, test } from 'vitest'
import { terminalLang } from './lang.ts'

test('a Thai machine is spoken to in Thai, any other in English, unless the person says otherwise', () => {
  expect(terminalLang([], { LANG: 'th_TH.UTF-8' })).toBe('th')
  expect(terminalLang([], { LANG: 'th_TH.UTF-8', LC_ALL: 'C.UTF-8' })).toBe('en')
  expect(terminalLang([], {})).toBe('en')
  expect(terminalLang(['start', '--lang', 'th'], { LANG: 'en_GB' })).toBe('th')
  expect(terminalLang(['start', '--lang=en'], { LANG: 'th_TH' })).toBe('en')
})
