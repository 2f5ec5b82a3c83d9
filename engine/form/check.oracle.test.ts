import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { FormModel, Question } from '../../domain/dataset/dataset.form.ts'
import { loadEngineForm } from '../../server/base/xforms-engine.ts'
import { readAnswers } from './answers.ts'
import { isSameAnswer, makeCheck } from './check.ts'
import { givenOf, judge } from './check.judge.ts'
import { readRules } from './check.rules.ts'
import { buildTree, templateOf } from './check.tree.ts'
import type { FormNode } from './compile.values.ts'
import { convertForm } from './convert.ts'
import { readWorkbook } from './read-workbook.ts'
import { readXForm } from './read-xform.ts'

// The engine takes the time from the clock of the machine.
const TODAY = { today: '2026-11-26', now: '2026-11-26T15:30:00.000+07:00' }
beforeAll(() => { vi.useFakeTimers({ toFake: ['Date'], now: new Date(TODAY.now) }) })
afterAll(() => { vi.useRealTimers() })

const LONG = { timeout: 120_000 }
const SHIPPED = new URL('../../seed/dataset/', import.meta.url), SAMPLES = new URL('../../../shared/data/forms/', import.meta.url)
const VILLAGES = [{ name: 'v1', label: 'บ้านใหม่', tambon: '500701' }, { name: 'v2', label: 'บ้านเก่า', tambon: '500701' }, { name: 'v3', label: 'ถ้ำลอด', tambon: '580703' }]
const CSV = ['name,label,tambon', ...VILLAGES.map(row => Object.values(row).join(','))].join('\n')

/** As much of the engine's nodes as we ask for. */
type EngineNode = {
  nodeType: string
  currentState: { reference: string; relevant: boolean; required: boolean; children: readonly EngineNode[] | null; valueOptions?: readonly { value: string }[] | null }
  validationState: { constraint?: { valid: boolean } }
  setValue: (value: unknown) => void; selectValue: (value: string | null) => void; selectValues: (values: string[]) => void; addInstances: () => void; removeInstances: (at: number) => void
}
type Root = EngineNode & { prepareInstancePayload: (options: { payloadType: 'monolithic' }) => Promise<{ data: readonly [FormData] }> }
type Pick = <T>(from: readonly T[]) => T

const WORDS = ['', 'ใจ', 'คำ', '0812345678', '12', 'AB12', ' a '], WHOLE = ['', '-1', '0', '3', '17', '18', '25', '59', '60', '61', '130'], DECIMALS = ['', '-0.5', '0', '0.25', '1', '3.5', '12.75', '99.999', '150']
const DATES = ['', '1850-01-01', '1959-02-28', '2000-02-29', '2008-11-26', '2008-11-27', '2026-11-25', '2026-11-26', '2026-11-27', '2030-01-01']

/** Answers a question with something that a person could enter. */
function answer(node: EngineNode, question: Question, pick: Pick): void {
  const options = (node.currentState.valueOptions ?? []).map(option => option.value)
  switch (node.nodeType) {
    case 'select': {
      const chosen = options.filter(() => pick([true, false, false]))
      return question.type === 'choices' ? node.selectValues(chosen) : node.selectValue(pick([null, ...options]))
    }
    case 'trigger': return node.setValue(pick([true, false]))
    case 'range': return node.setValue(pick([null, 1, 3, 5]))
    case 'input': return node.setValue(pick(question.type === 'integer' ? WHOLE : question.type === 'decimal' ? DECIMALS : question.type === 'date' ? DATES : question.type === 'point' ? ['', '18.7883 98.9853 310 4.5'] : WORDS))
  }
}

function setRows(range: EngineNode, rows: number): void {
  const there = () => range.currentState.children?.length ?? 0
  while (there() < rows) range.addInstances()
  while (there() > rows) range.removeInstances(there() - 1)
}

/** Fills in a form from top to bottom, twice, because later answers open earlier questions. */
function fillIn(root: EngineNode, model: FormModel, pick: Pick): void {
  const questions = new Map(model.questions.map(question => [question.path, question]))
  const walk = (node: EngineNode) => {
    const question = questions.get(node.currentState.reference.replace(/\[\d+\]/g, ''))
    if (node.nodeType === 'repeat-range:uncontrolled') setRows(node, pick([0, 1, 2, 3]))
    if (question?.asked) answer(node, question, pick)
    node.currentState.children?.forEach(walk)
  }
  walk(root)
  walk(root)
}

function find(tree: FormNode, reference: string): FormNode | undefined {
  return reference.split('/').slice(1).reduce<FormNode | undefined>((node, step) => {
    const [, name, index = '1'] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? []
    return node?.children.filter(child => child.name === name)[Number(index) - 1]
  }, tree)
}

const leaves = (node: EngineNode): EngineNode[] => node.currentState.children === null ? [node] : node.currentState.children.flatMap(leaves)

/** Everything that the engine and we say of one way of filling in a form. */
async function compareOnce(root: Root, model: FormModel): Promise<void> {
  const xml = await ((await root.prepareInstancePayload({ payloadType: 'monolithic' })).data[0].get('xml_submission_file') as File).text()
  const files = Object.fromEntries(model.files.map(file => [file, VILLAGES])), answers = readAnswers(model, xml), tree = buildTree(templateOf(model), answers), book = readRules(model)
  const judged = new Map(judge(model, book, tree, givenOf(model, book, { ...TODAY, files }, { client: 'web', lang: 'th' })).map(said => [said.node, said]))
  expect([book.notJudged, answers.unfit, answers.unknown]).toEqual([[], [], []])
  const violations: string[] = []
  for (const { currentState: { reference, relevant, required, valueOptions }, validationState } of leaves(root)) {
    const said = judged.get(find(tree, reference) as FormNode)
    if (said === undefined) { expect([reference.includes('/meta/') || !relevant || reference]).toEqual([true]); continue }
    const valid = said.node.text === '' || said.valid, where = `${said.row} ${said.node.path}`
    if (relevant && required && said.node.text === '') violations.push(`required ${where}`)
    if (relevant && !(validationState.constraint?.valid ?? true)) violations.push(`constraint ${where}`)
    expect({ reference, relevant: said.relevant }).toEqual({ reference, relevant })
    if (!relevant) continue
    expect({ reference, required: said.required, valid, allowed: said.allowed && [...said.allowed] })
      .toEqual({ reference, required, valid: validationState.constraint?.valid ?? true, allowed: valueOptions ? valueOptions.map(option => option.value) : null })
    const sent = said.node.text, computed = said.computed ?? sent
    expect({ reference, sent, computed, same: isSameAnswer(sent, computed, said.question.type) }).toMatchObject({ same: true })
  }
  // Where Collect would be content we are too; nobody is accused of what the engine lets pass.
  for (const { kind, row, path } of makeCheck(model)(answers, { ...TODAY, files })) expect(violations).toContain(`${kind} ${row} ${path}`)
}

describe('every answer, node by node, beside the engine of ODK Web Forms', () => {
  const agree = (xml: string, numRuns: number) => async () => {
    const model = readXForm(xml), form = await loadEngineForm(xml, Object.fromEntries(model.files.map(file => [file, CSV])))
    await fc.assert(fc.asyncProperty(fc.gen(), async gen => {
      const root = form.createInstance().root as unknown as Root
      fillIn(root, model, from => gen(fc.constantFrom, ...from) as (typeof from)[number])
      await compareOnce(root, model)
    }), { numRuns })
  }
  const ours = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
  test('the household survey that pyxform converted', LONG, agree(ours('household-survey-th.xml'), 25))
  test('a farm with plots and crops', LONG, agree(ours('farm.xml'), 40))

  for (const name of ['Household Survey.xml', 'Tree Measurement.xml']) {
    const url = new URL(name, SAMPLES)
    test.skipIf(!existsSync(url))(`${name} (needs ../shared/data/forms)`, LONG, existsSync(url) ? agree(readFileSync(url, 'utf8'), 10) : undefined)
  }
  test.each(readdirSync(SHIPPED, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name))('the form of %s', LONG, async name => {
    const { xform, faults } = convertForm(await readWorkbook('form.md', readFileSync(new URL(`${name}/form.md`, SHIPPED))), { name })
    expect(faults.filter(fault => fault.severity === 'error')).toEqual([])
    await agree(xform ?? '', 3)()
  })
})
