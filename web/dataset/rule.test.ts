import { expect, test } from 'vitest'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { sayRule } from './rule.ts'

const text = (th: string) => ({ th, en: th })
const model = {
  questions: [
    { path: '/data/start/keeping', label: text('สัตว์ป่าหรือสัตว์เลี้ยง'), choices: [{ value: 'kept', label: text('สัตว์เลี้ยง') }, { value: 'both', label: text('ทั้งสองแบบ') }] },
    { path: '/data/uses', label: text('ใช้ทำอะไร'), choices: [{ value: 'other', label: text('อื่น ๆ') }] },
    { path: '/data/plot/age', label: text('อายุ'), choices: null },
  ],
} as unknown as FormModel
const say = (rule: string, at = '/data/x') => sayRule(rule, model, at, 'th')

test('a rule over answers is told with the questions and choices of the form', () => {
  expect(say(" /data/start/keeping  = 'kept' or  /data/start/keeping  = 'both'")).toBe('“สัตว์ป่าหรือสัตว์เลี้ยง” ตอบ “สัตว์เลี้ยง” หรือ “สัตว์ป่าหรือสัตว์เลี้ยง” ตอบ “ทั้งสองแบบ”')
  expect(say("selected( /data/uses , 'other')")).toBe('“ใช้ทำอะไร” เลือก “อื่น ๆ”')
  expect(say(' ../age  >= 18 and not( ../../uses = \'\')', '/data/plot/name')).toBe('“อายุ” ตั้งแต่ 18 ขึ้นไป และ ไม่ใช่กรณีที่ (ยังไม่ได้ตอบ “ใช้ทำอะไร”)')
})

test('what is more than that is not told wrongly: it is left to be shown as written', () => {
  for (const rule of ["count(/data/plot) > 2", "/data/start/keeping = ../other", "selected('none public', /data/uses)", "/data/unknown = 'x'", "/data/uses = 'other' and", "/data/plot/age + 1 > 3", "(/data/uses = 'other'", "/data/uses < ''"]) {
    expect([rule, say(rule)]).toEqual([rule, null])
  }
})
