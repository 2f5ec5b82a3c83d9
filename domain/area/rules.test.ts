import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AreaCode } from '../base/ids.ts'
import { ancestorsOf, fullName, isWithin, levelOf, levelWord, NATION, outermost, parentOf, rangeOf } from './rules.ts'

const code = (text: string) => AreaCode.parse(text)
const anyCode = fc.stringMatching(/^TH(\d{2}(\d{2}(\d{2}([0-9A-Z]{2}(\d{2})?)?)?)?)?$/).map(code)

test('Rim Tai lies in Mae Rim, in Chiang Mai and in Thailand, and not in Lamphun', () => {
  expect(ancestorsOf(code('TH500701'))).toEqual(['TH5007', 'TH50', 'TH'])
  expect(isWithin(code('TH500701'), code('TH50'))).toBe(true)
  expect(isWithin(code('TH500701'), code('TH51'))).toBe(false)
})

test('the level is read from the code, and 51 to 99 is a part of a municipality', () => {
  expect(['TH', 'TH50', 'TH5007', 'TH500701', 'TH500751', 'TH50070101', 'TH500701A901'].map(text => levelOf(code(text))))
    .toEqual(['nation', 'province', 'district', 'tambon', 'municipal-part', 'village', 'village-part'])
})

test('letters, odd lengths and foreign countries are no area codes', () => {
  for (const bad of ['', 'th50', 'TH5', 'LA50', 'TH5007AB', 'TH50 07', "TH50'"]) expect(AreaCode.safeParse(bad).success).toBe(false)
})

test('an area lies in another exactly when its code lies in the range of the other', () => {
  fc.assert(fc.property(anyCode, anyCode, (area, container) => {
    const { from, to } = rangeOf(container)
    expect(area >= from && area < to).toBe(isWithin(area, container))
  }))
})

test('every area lies in all of its ancestors, and the nation has none', () => {
  fc.assert(fc.property(anyCode, area => {
    for (const ancestor of ancestorsOf(area)) expect(isWithin(area, ancestor)).toBe(true)
    expect(parentOf(area) === null).toBe(area === 'TH')
  }))
})

test('Bangkok speaks of khet and khwaeng, everyone else of amphoe and tambon', () => {
  const name = { th: 'แม่ริม', en: 'Mae Rim' }
  expect(fullName({ code: code('TH5007'), type: 'amphoe', name }, 'th')).toBe('อำเภอแม่ริม')
  expect(fullName({ code: code('TH1001'), type: 'khet', name: { th: 'พระนคร', en: 'Phra Nakhon' } }, 'th')).toBe('เขตพระนคร')
  expect(levelWord('tambon', code('TH10'), 'th')).toBe('แขวง')
  expect(levelWord('tambon', code('TH50'), 'th')).toBe('ตำบล')
})

test('a village is called by its number, and a place without a name by its code', () => {
  expect(fullName({ code: code('TH50070103'), type: 'muban', name: { th: 'บ้านแม่ริม', en: 'Ban Mae Rim' } }, 'th')).toBe('หมู่ที่ 3 บ้านแม่ริม')
  expect(fullName({ code: code('TH840905'), type: 'tambon', name: { th: '', en: '' } }, 'th')).toBe('ตำบล TH840905')
})

test('of places that lie in one another the outermost are kept, in the order of their codes', () => {
  const codes = ['TH5801', 'TH58', 'TH50', 'TH5801', 'TH580101', 'TH500101', 'TH5101010A'].map(code => AreaCode.parse(code))
  expect(outermost(codes)).toEqual(['TH50', 'TH5101010A', 'TH58'])
  expect(outermost([])).toEqual([])
  expect(outermost([...codes, NATION])).toEqual(['TH'])
})
