import { describe, expect, test } from 'vitest'
import { parseQuery } from './query.ts'

const words = (typed: string) => parseQuery(typed).words.map(({ text, level }) => level ? `${text}:${level}` : text)

describe('what a person types', () => {
  test.each([
    ['แม่ริม', ['แม่ริม']],
    ['อ.แม่ริม', ['แม่ริม:district']],
    ['อ. แม่ริม', ['แม่ริม:district']],
    ['อำเภอแม่ริม', ['แม่ริม:district']],
    ['จังหวัดเชียงใหม่', ['เชียงไหม่:province']],
    ['เขตพระนคร', ['พระนคร:district']],
    ['แขวงบางนาเหนือ', ['บางนาเหนือ:tambon']],
    ['ริมใต้ อ.แม่ริม', ['ริมไต้', 'แม่ริม:district']],
    ['ต.ริมใต้อ.แม่ริมจ.เชียงใหม่', ['ริมไต้:tambon', 'แม่ริม:district', 'เชียงไหม่:province']],
    ['ตำบลในเมือง ขอนแก่น', ['ไนเมือง:tambon', 'ขอนแก่น']],
    ['Mae Rim District', ['mae', 'rim']],
    ['Amphoe Mae Rim', ['mae', 'rim']],
    ['จ.ป.ร.', ['จ', 'ป', 'ร']],
    ['เทศบาลตำบลด่านสำโรง', ['เทศบาลตำบลด่านสำโรง']],
    ['อำเภอ', ['อำเภอ']],
    ['บ้าน ริมใต้ แม่ริม', ['ริมไต้', 'แม่ริม']],
    ['บ้าน', ['บ้าน']],
  ])('%s', (typed, read) => { expect(words(typed)).toEqual(read) })

  test('one titled name asks for its level; two names do not', () => {
    expect(parseQuery('อ.แม่ริม').level).toBe('district')
    expect(parseQuery('แม่ริม').level).toBeNull()
    expect(parseQuery('ริมใต้ อ.แม่ริม').level).toBeNull()
  })
  test('a code is its digits, Thai ones too', () => {
    expect(parseQuery('TH5007').phrase).toBe('5007')
    expect(parseQuery('๕๐๐๗').phrase).toBe('5007')
  })
  test('villages are looked for without บ้าน', () => {
    expect(parseQuery('บ้านใหม่')).toMatchObject({ phrase: 'บ้านไหม่', villagePhrase: 'ไหม่' })
    expect(parseQuery('Ban Mai')).toMatchObject({ phrase: 'banmai', villagePhrase: 'mai' })
  })
  test('punctuation alone asks for nothing', () => { expect(parseQuery(' ,.- ').phrase).toBe('') })
})
