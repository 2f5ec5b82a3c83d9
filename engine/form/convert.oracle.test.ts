import fc from 'fast-check'
import { JSDOM } from 'jsdom'
import { expect, test } from 'vitest'
import { convertFile, formsOfOthers } from '../../tests/setup/forms.ts'
import { interview } from '../../tests/setup/interview.ts'
import { loadEngineForm } from '../../server/base/xforms-engine.ts'
import { Problem } from '../../domain/base/problem.ts'

const HOUSEHOLD = 'household-survey-th'

test('every form of others loads in the engine of ODK once it is converted', { timeout: 60_000 }, async context => {
  const { names, bytes } = formsOfOthers(context), broken: Record<string, string[]> = {}
  expect(names('.xlsx').length).toBeGreaterThan(10)
  for (const name of names('.xlsx')) {
    const conversion = await convertFile(name, bytes(name)).catch(error => error)
    const told = conversion instanceof Problem ? [conversion.code] : conversion.faults.filter((fault: { severity: string }) => fault.severity === 'error').map(({ code }: { code: string }) => code)
    if (told.length > 0) { broken[name] = told; continue }
    const { root } = (await loadEngineForm(conversion.xform)).createInstance()
    expect(root.currentState.children.length, name).toBeGreaterThan(1)
  }
  // the first is an old workbook under a new name, the second has a sentence where a calculation should be
  expect(broken).toEqual({ 'ifrc-distribution-site-assessment-v1.xlsx': ['form/old-excel'], 'pyxform/bad_calc.xlsx': ['form/bad-expression'] })
})

test('workbooks of old Excel are told apart, and how to save them anew', async context => {
  const { names, bytes } = formsOfOthers(context)
  expect(names('.xls').length).toBeGreaterThan(4)
  for (const name of names('.xls')) await expect(convertFile(name, bytes(name)), name).rejects.toMatchObject({ code: 'form/old-excel', say: { en: expect.stringContaining('.xlsx'), th: expect.stringContaining('บันทึกเป็น') } })
})

/** A tree of elements as text, attributes in order of the alphabet, white space as a reader sees it. */
function canonical(node: Node): string {
  const { ELEMENT_NODE, TEXT_NODE } = node
  if (node.nodeType === TEXT_NODE) return (node.textContent ?? '').replace(/\s+/g, ' ').trim()
  if (node.nodeType !== ELEMENT_NODE) return ''
  const element = node as Element
  const attributes = [...element.attributes].map(({ name, value }) => `${name}="${value.replace(/\s+/g, ' ').trim()}"`).sort()
  return `<${[element.tagName, ...attributes].join(' ')}>${[...element.childNodes].map(canonical).join('')}</>`
}

/** The parts of a model whose order means nothing, sorted. */
function partsOf(xform: string) {
  const document = new (new JSDOM('')).window.DOMParser().parseFromString(xform, 'text/xml')
  const all = (selector: string) => [...document.querySelectorAll(selector)].map(canonical).sort()
  return {
    titles: all('title'), root: [...document.documentElement.attributes].map(({ name, value }) => `${name}=${value}`).sort(), binds: all('model > bind'), values: all('model > setvalue'),
    texts: [...document.querySelectorAll('translation')].map(translation => [translation.getAttribute('lang'), translation.getAttribute('default'), [...translation.children].map(canonical).sort()]),
    instances: all('model > instance'), body: [...document.getElementsByTagName('h:body')].map(canonical),
  }
}

test('the household survey has the binds, texts, lists and controls that pyxform gives it', async context => {
  const { bytes, text } = formsOfOthers(context)
  const { xform, formId, version, files } = await convertFile(HOUSEHOLD, bytes(`${HOUSEHOLD}.xlsx`))
  expect(partsOf(xform as string)).toEqual(partsOf(text(`${HOUSEHOLD}.xml`)))
  expect({ formId, version, files }).toEqual({ formId: 'hh_survey', version: '2026112301', files: [] })
})

test('the household survey asks, hides, counts, refuses and sends as the one of pyxform does', { timeout: 120_000 }, async context => {
  const { bytes, text } = formsOfOthers(context)
  const ours = await loadEngineForm((await convertFile(HOUSEHOLD, bytes(`${HOUSEHOLD}.xlsx`))).xform as string), theirs = await loadEngineForm(text(`${HOUSEHOLD}.xml`))
  const withoutIds = (xml: string) => xml.replace(/uuid:[\w-]+|deviceid:[\w-]+|<(start|end)>[^<]*/g, '')
  const met: string[] = []
  await fc.assert(fc.asyncProperty(fc.array(fc.nat(1000), { minLength: 20, maxLength: 80 }), async numbers => {
    const [mine, other] = [interview(ours.createInstance(), numbers), interview(theirs.createInstance(), numbers)]
    expect(mine.seen).toEqual(other.seen)
    expect(withoutIds(await mine.xml())).toBe(withoutIds(await other.xml()))
    met.push(...mine.seen, await mine.xml())
  }), { numRuns: 60, seed: 58 })
  // the interviews went far enough to be worth comparing
  for (const sign of ['อายุต้องอยู่ระหว่าง', '"none\\" excludes others', '<hh_size>2</hh_size>', '<problem_other>', '/pregnant" "select" "string" true']) expect(met.some(line => line.includes(sign)), sign).toBe(true)
})
