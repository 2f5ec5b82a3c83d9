import { expect, test } from 'vitest'
import { langOf, preferredLang } from './lang.ts'
import { matches } from './reply.ts'

test('the reader’s languages are honoured in their order, and Thai is for everybody else', () => {
  expect(preferredLang('en-GB,en;q=0.9')).toBe('en')
  expect(preferredLang('de, en;q=0.3, th;q=0.7')).toBe('th')
  expect(preferredLang('en;q=0, th;q=0.1')).toBe('th')
  expect(preferredLang('ja')).toBe('th')
  expect(preferredLang('')).toBe('th')
})

test('a language in the address wins over the browser’s', () => {
  expect(langOf({ query: { lang: 'en' }, headers: { 'accept-language': 'th' } })).toBe('en')
  expect(langOf({ query: { lang: 'xx' }, headers: {} })).toBe('th')
})

test('a tag is known whether it is weak or strong, alone or among others', () => {
  expect(matches('W/"a", "b"', 'W/"b"')).toBe(true)
  expect(matches('*', 'W/"b"')).toBe(true)
  expect(matches('"a"', 'W/"b"')).toBe(false)
  expect(matches(undefined, 'W/"b"')).toBe(false)
})
