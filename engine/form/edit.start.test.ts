import { expect, test } from 'vitest'
import { convertForm } from './convert.ts'
import { writeSetting } from './edit.settings.ts'
import { startForm, type Start } from './edit.start.ts'
import { lintForm } from './lint.ts'
import { readXForm } from './read-xform.ts'

const start: Start = { id: 'th580703-coffee', title: { th: 'สวนกาแฟ', en: 'Coffee gardens' }, consent: null, lasting: false }
const consent = { th: 'เราถามเพื่อวางแผน', en: 'We ask in order to plan.' }

test.each([[start], [{ ...start, consent }], [{ ...start, lasting: true }], [{ ...start, consent, lasting: true }]])('a new form is whole from its first day: %o', given => {
  const workbook = writeSetting(startForm(given), 'version', '2026112601'), { xform, faults } = convertForm(workbook, { name: 'form' })
  expect([...faults, ...lintForm(workbook)]).toEqual([])
  const model = readXForm(xform ?? '')
  expect(model).toMatchObject({ formId: 'th580703-coffee', languages: ['ไทย (th)', 'English (en)'] })
  expect(model.questions.flatMap(({ role }) => role ?? [])).toEqual(['place', 'date', ...given.consent ? ['consent'] : [], 'title'])
  expect(model.files).toEqual(given.lasting ? ['villages.csv', 'th580703-coffee.csv'] : ['villages.csv'])
  expect(model.entity?.list).toBe(given.lasting ? 'th580703-coffee' : undefined)
  expect(model.questions.find(({ role }) => role === 'title')?.relevant ?? null).toBe(given.consent ? "/data/consent  = 'yes'" : null)
})
