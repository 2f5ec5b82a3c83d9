import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { makeCheck } from './check.ts'
import { asAnswers } from './check.stand.ts'
import { convertForm } from './convert.ts'
import { makeFill } from './fill.ts'
import { readWorkbook } from './read-workbook.ts'
import { readXForm } from './read-xform.ts'

const given = { now: '2026-11-26T10:00:00.000+07:00', today: '2026-11-26' }

test.each(['bmn-2560', 'occurrence', 'tambon-goals', 'otop-product'])('what a telephone would compute of %s is filled in, and stands as the form wants it', async id => {
  const model = readXForm(convertForm(await readWorkbook('form.md', readFileSync(new URL(`../../seed/dataset/${id}/form.md`, import.meta.url))), { name: id }).xform as string), check = makeCheck(model)
  const bare = asAnswers(model, { values: { village: 'TH580703', visit_date: '2025-10-01' }, rows: [] }), filled = makeFill(model)(bare, given)
  const wrong = (answers: typeof bare) => check(answers, given).filter(({ kind }) => kind === 'calculation').length
  expect([wrong(bare) > 0, wrong(filled)]).toEqual([id !== 'otop-product', 0])
  expect(bare.values).toEqual(asAnswers(model, { values: { village: 'TH580703', visit_date: '2025-10-01' }, rows: [] }).values)
})
