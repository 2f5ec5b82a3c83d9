import { expect, test } from 'vitest'
import { isSealed, makeSeal } from './seal.ts'

const seal = makeSeal({ pid: 'a key of the keys file, long enough' })

test('a number is sealed each time differently, opened only with its key, and found by its hash', () => {
  const sealed = seal.close('1101700230705')
  expect(sealed).not.toContain('1101700230705')
  expect(isSealed(sealed)).toBe(true)
  expect(seal.close('1101700230705')).not.toBe(sealed)
  expect(seal.open(sealed)).toBe('1101700230705')
  expect(seal.hash('1101700230705')).toEqual(seal.hash('1101700230705'))
  const other = makeSeal({ pid: 'another key of another keys file' })
  expect(other.hash('1101700230705')).not.toEqual(seal.hash('1101700230705'))
  expect(() => other.open(sealed)).toThrow()
})

test('a sealed number that was touched does not open', () => {
  const sealed = seal.close('1101700230705')
  const touched = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA')
  expect(() => seal.open(touched)).toThrow()
})
