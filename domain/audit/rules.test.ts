import { expect, test } from 'vitest'
import { sayLine } from './rules.ts'
import { ACTIONS } from './rules.actions.ts'

const areaName = { th: 'ตำบลปางหมู', en: 'Pang Mu Tambon' }

test('a line of the audit is a sentence in both languages', () => {
  expect(sayLine({ actorKind: 'person', actorName: 'มาลี', action: 'grant.give', areaName }))
    .toEqual({ th: 'มาลี มอบสิทธิในตำบลปางหมู', en: 'มาลี gave a role in Pang Mu Tambon' })
  expect(sayLine({ actorKind: 'token', actorName: 'Malee', action: 'import.keep', areaName }).en).toBe('Malee, by a program, imported files of Pang Mu Tambon')
  expect(sayLine({ actorKind: 'system', actorName: null, action: 'import.keep', areaName }).th).toBe('ระบบ นำเข้าไฟล์ของตำบลปางหมู')
})

test('an action of a newer program is told by its name', () => {
  expect(sayLine({ actorKind: 'stranger', actorName: null, action: 'well.dig', areaName }).en).toBe('Somebody not signed in did well.dig in Pang Mu Tambon')
})

test('every action has a sentence in both languages, and no blank that nobody fills', () => {
  for (const [action, text] of Object.entries(ACTIONS)) {
    expect(action).toMatch(/^[a-z-]+\.[a-z-]+$/)
    for (const sentence of Object.values(sayLine({ actorKind: 'person', actorName: 'Malee', action, areaName }))) expect(sentence).not.toMatch(/[{}]/)
    expect(text.th).toMatch(/[ก-๙]/)
  }
})

test('a name with a blank in it stays as it is', () => {
  expect(sayLine({ actorKind: 'person', actorName: '{place}', action: 'sign-in.ok', areaName }).en).toBe('{place} signed in')
})
