import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DatasetId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { FormModel, Question } from '../../domain/dataset/dataset.form.ts'
import { readAnswers, type Answers } from '../../engine/form/answers.ts'
import { makeCheck, type Check, type Violation } from '../../engine/form/check.ts'
import type { CheckGiven } from '../../engine/form/check.judge.ts'
import { readXForm } from '../../engine/form/read-xform.ts'
import { convertFile } from '../../tests/setup/forms.ts'
import { interview } from '../../tests/setup/interview.ts'
import { makeSeal } from '../base/seal.ts'
import { loadEngineForm } from '../base/xforms-engine.ts'
import { recheck } from './read.recheck.ts'

const LONG = { timeout: 300_000 }
const SEAL = makeSeal({ pid: 'a key of the keys file, long enough' })
const FIXTURES = new URL('../../engine/form/fixtures/', import.meta.url), SHIPPED = new URL('../../seed/dataset/', import.meta.url)
const recheckXml = async (xform: string, xml: readonly string[], make = makeCheck) => {
  const name = { dataset: 'f' as DatasetId, formArea: NATION, version: '1' }
  return recheck({ forms: [{ ...name, xform, model: readXForm(xform) }], submissions: xml.map(xml => ({ ...name, xml, receivedAt: new Date('2026-11-26T03:00:00Z') })) }, SEAL, make)
}

/** What a leaf of a damaged submission may say. Not a day that no calendar has: where a text reads like one, the engine gives up. */
const DAMAGES = ['', '  ', 'x', '7', '-1', '1.5', '999', 'yes', 'other', 'none other', ' ก ', '2026-11-27', '2099-01-01', '13 100 0 0', '๑๒', '1e3', '+5', '12:00', '00012', 'NaN', 'true']

/** Puts other words into some leaves, or takes them out. */
function damage(xml: string, places: readonly (readonly [number, string | null])[]): string {
  return places.reduce((xml, [at, text]) => {
    const leaves = [...xml.matchAll(/<([\w-]+)(?:>[^<]*<\/\1>|\/>)/g)].filter(leaf => leaf[1] !== 'instanceID'), leaf = leaves[at % leaves.length] as RegExpExecArray
    return xml.slice(0, leaf.index) + (text === null ? '' : `<${leaf[1]}>${text}</${leaf[1]}>`) + xml.slice(leaf.index + leaf[0].length)
  }, xml)
}

describe('filled in at random and then damaged, the engine and our check agree on every answer', () => {
  const agree = async (xform: string, numRuns: number) => {
    const form = await loadEngineForm(xform)
    await fc.assert(fc.asyncProperty(fc.array(fc.nat(1000), { minLength: 30, maxLength: 60 }), fc.array(fc.tuple(fc.nat(10_000), fc.option(fc.constantFrom(...DAMAGES))), { maxLength: 4 }), async (numbers, places) => {
      const xml = damage(await interview(form.createInstance(), numbers).xml(), places)
      expect({ ...await recheckXml(xform, [xml]), xml }).toEqual({ checked: 1, different: 0, differences: [], xml })
    }), { numRuns })
  }
  test.each(['household-survey-th.xml', 'farm.xml'])('%s', LONG, name => agree(readFileSync(new URL(name, FIXTURES), 'utf8'), 15))
  test.each(readdirSync(SHIPPED, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name))('the form of %s', LONG, async name => {
    const { xform } = await convertFile('form.md', readFileSync(new URL(`${name}/form.md`, SHIPPED)))
    await agree(xform as string, 3)
  })
})

describe('a check that is not right is found', () => {
  const XFORM = readFileSync(new URL('household-survey-th.xml', FIXTURES), 'utf8'), [HH, PERSON] = ['/data/g_hh', '/data/g_hh/person']
  const SENT = `<data id="hh_survey" version="1"><g_site><province>58</province><district>5003</district></g_site><consent>yes</consent><g_hh><head_name/><phone>12</phone>
    <person><name>มะลิ</name><sex>f</sex><age>หก</age><relation>head</relation><pregnant>no</pregnant></person><person><name>ดำ</name><sex>m</sex><age>6</age><pregnant>no</pregnant></person>
    <hh_size>7</hh_size></g_hh><meta><instanceID>uuid:1</instanceID></meta></data>`
  const withRule = (path: string, rule: Partial<Question>) => (model: FormModel) => makeCheck({ ...model, questions: model.questions.map(question => question.path === path ? { ...question, ...rule } : question) })
  const wrap = (check: Check, see: (answers: Answers) => Answers, more: Violation[] = []): Check =>
    Object.assign((answers: Answers, given: CheckGiven) => [...check(see(answers), given), ...more], { mayTell: (answers: Answers, given: CheckGiven) => check.mayTell(see(answers), given), notJudged: [] })
  const withLogic = (logic: Partial<FormModel['logic']>) => (model: FormModel) => makeCheck({ ...model, logic: { ...model.logic, ...logic } })

  test('and one that is right is not: this submission has faults of every kind, and no difference', async () => {
    const model = readXForm(XFORM), kinds = makeCheck(model)(readAnswers(model, SENT), { today: '2026-11-26', now: '2026-11-26T10:00:00.000+07:00' }).map(({ kind }) => kind)
    expect([...new Set(kinds)].sort()).toEqual(['calculation', 'choice', 'constraint', 'not-relevant', 'required', 'type'])
    expect(await recheckXml(XFORM, [SENT])).toEqual({ checked: 1, different: 0, differences: [] })
  })
  test.each<[string, (model: FormModel) => Check, string[]]>([
    ['forgets that an answer is required', withRule(`${HH}/head_name`, { required: null }), [`${HH}/head_name required engine 2`]],
    ['forgets a condition', withRule(`${HH}/phone`, { constraint: null }), [`${HH}/phone constraint engine 2`]],
    ['has a condition too many', withRule(`${PERSON}/sex`, { constraint: ". = 'f'" }), [`${PERSON}/sex constraint check 2`]],
    ['computes otherwise', withRule(`${HH}/hh_size`, { calculate: 'count(/data/g_hh/person) + 1' }), [`${HH}/hh_size calculation check 2`]],
    ['forgets to compute', withRule(`${HH}/hh_size`, { calculate: '/data/g_hh/hh_size' }), [`${HH}/hh_size calculation engine 2`]],
    ['forgets when a question applies', withRule(`${PERSON}/pregnant`, { relevant: null }), [`${PERSON}/pregnant not-relevant engine 4`]],
    ['knows no filter of the choices', withLogic({ itemsets: {} }), ['/data/g_site/district choice engine 2']],
    ['does not see what is no number', model => wrap(makeCheck(model), answers => ({ ...answers, unfit: [] })), [`${PERSON}/age type engine 2`]],
    ['accuses whatever it sees', model => wrap(makeCheck(model), answers => answers, [{ path: '/data/consent', row: null, kind: 'choice', say: { th: '', en: '' } }]), ['/data/consent choice check 2']],
  ])('that %s', async (_, make, differences) => {
    const found = await recheckXml(XFORM, [SENT, SENT], make)
    expect(found.differences.map(({ path, kind, said, times }) => `${path} ${kind} ${said} ${times}`)).toEqual(differences)
    expect([found.checked, found.different]).toEqual([2, 2])
  })
})

test('what one of the two cannot read is told, without a word of it', async () => {
  const xform = readFileSync(new URL('farm.xml', FIXTURES), 'utf8')
  const { differences } = await recheckXml(xform, ['<data id="farm" version="1"><farmer>2026-02-30</farmer><age>2026-02-30</age><meta><instanceID>uuid:1</instanceID></meta></data>', '<data id="farm" version="1"><secret'])
  expect(differences.map(({ path, kind, said }) => `${path} ${kind} ${said}`)).toEqual(['/data unopened engine', '/data unopened check'])
})
