import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { FormModel, type Question } from '../../domain/dataset/dataset.form.ts'
import { readXForm } from './read-xform.ts'

const HOUSEHOLD = readFileSync(new URL('fixtures/household-survey-th.xml', import.meta.url), 'utf8')
const SAMPLES = new URL('../../../shared/data/forms/', import.meta.url)
const sample = (name: string) => readXForm(readFileSync(new URL(name, SAMPLES), 'utf8'))
const find = (model: FormModel, name: string) => model.questions.find(question => question.name === name) as Question

/** A form with what matters to a test. */
function formOf({ instance = '<a/>', binds = '', body = '<input ref="/data/a"><label>A</label></input>', head = '', root = 'id="f" version="1"' }): string {
  return `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" xmlns:rakkaeo="urn:rakkaeo:xforms"
    xmlns:entities="http://www.opendatakit.org/xforms/entities" xmlns:odk="http://www.opendatakit.org/xforms">
    <h:head><h:title>T</h:title><model>${head}<instance><data ${root}>${instance}</data></instance>${binds}</model></h:head><h:body>${body}</h:body></h:html>`
}

describe('the household survey in Thai and English', () => {
  const model = readXForm(HOUSEHOLD)

  test('is a form model, with its questions in order and the repeat they stand in', () => {
    expect(FormModel.parse(model)).toEqual(model)
    expect(model).toMatchObject({ formId: 'hh_survey', version: '2026112301', title: { th: 'แบบสำรวจครัวเรือน' }, root: 'data', languages: ['ไทย (th)', 'English (en)'], entity: null, files: [] })
    expect(model.questions.map(({ name, type, repeat }) => `${repeat === null ? '' : '  '}${name} ${type}`)).toEqual([
      'start dateTime', 'end dateTime', 'deviceid text', 'province choice', 'district choice', 'village text', 'location point', 'photo file', 'consent choice', 'head_name text',
      'phone text', '  name text', '  sex choice', '  age integer', '  relation choice', '  pregnant choice', '  in_school choice', '  disability choices', '  income decimal',
      'hh_size text', 'n_elderly text', 'total_income text', 'income_per_head text', 'n_sum text', 'problems choices', 'problem_other text', 'elder_care choice', 'visit_date date',
    ])
    expect(model.repeats).toEqual([{ path: '/data/g_hh/person', name: 'person', label: { th: 'สมาชิก', en: 'Person' }, repeat: null }])
  })
  test('speaks both languages, with answers woven in by name', () => {
    expect(find(model, 'age').label).toEqual({ th: 'อายุ (ปี)', en: 'Age (years)' })
    expect(find(model, 'phone').constraintMessage).toEqual({ th: 'เบอร์โทร 9-10 หลัก ขึ้นต้นด้วย 0', en: '9-10 digits starting with 0' })
    expect(model.logic.requiredMessages['/data/consent']).toEqual({ th: 'กรุณาตอบ', en: 'Please answer' })
    expect(find(model, 'n_sum').label.en).toBe('Members ${hh_size}, mean income ${income_per_head}')
  })
  test('has its choices, and the filter that stands before the districts', () => {
    expect(find(model, 'sex').choices).toEqual([{ value: 'm', label: { th: 'ชาย', en: 'Male' } }, { value: 'f', label: { th: 'หญิง', en: 'Female' } }])
    expect(find(model, 'district').choices?.map(choice => choice.value)).toEqual(['5001', '5003', '5701', '5801', '5803'])
    expect(Object.keys(model.logic.itemsets)).toEqual(['/data/g_site/district'])
    expect(model.logic.itemsets['/data/g_site/district']).toEqual({ nodeset: "instance('district')/root/item[province= /data/g_site/province ]", value: 'name', label: 'jr:itext(itextId)' })
    expect(model.logic.lookups.map(({ id, file, rows }) => [id, file, rows.length])).toEqual([['district', null, 5]])
  })
  test('knows when parts apply, where it was begun, and what nobody is asked', () => {
    expect(model.logic).toMatchObject({ groups: { '/data/g_hh': "/data/consent ='yes'" }, start: '/data/start', end: '/data/end', deviceId: '/data/deviceid' })
    expect(model.questions.filter(question => !question.asked).map(question => question.name)).toEqual(['start', 'end', 'deviceid', 'hh_size', 'n_elderly', 'total_income', 'income_per_head', 'n_sum'])
    expect(find(model, 'photo')).toMatchObject({ mediaType: 'image/*', sensitivity: 'internal' })
  })
})

describe.skipIf(!existsSync(SAMPLES))('forms of others (need ../shared/data/forms)', () => {
  test('an old form, written by hand: choices inside, five languages, a repeat', () => {
    const model = sample('Household Survey.xml')
    expect(model).toMatchObject({ formId: 'HouseholdSurvey1', version: '', title: { th: 'Household Survey', en: 'Household Survey' }, languages: ['English', 'Spanish', 'French', 'Swahili', 'Chinese'] })
    expect(find(model, 'ChildInSchool')).toMatchObject({ repeat: '/HouseholdSurvey/ChildrenOfHousehold', type: 'choice', choices: [{ value: 'y', label: { th: 'Yes', en: 'Yes' } }, { value: 'n', label: { th: 'No', en: 'No' } }] })
    expect(find(model, 'HeadOfHouseholdConfirmation')).toMatchObject({ type: 'trigger', required: 'true()' })
    expect(find(model, 'SurveyorNotes').label.en).toBe('Survey is almost done. Any other relevant information?')
    expect(find(model, 'SurveyorID')).toMatchObject({ type: 'barcode', relevant: "selected(/HouseholdSurvey/SurveyorCode, '')" })
    expect(model.repeats[0]?.label.en).toBe('Child in Household')
  })
  test('a form whose questions are named from where they stand', () => {
    const model = sample('Tree Measurement.xml')
    expect(model.questions.map(({ name, type, asked }) => `${name} ${type} ${asked}`)).toEqual([
      'DeviceId text false', 'SurveyorName text true', 'TreeLocation point true', 'TreeDBH decimal true', 'TreeName text true', 'TreePicture file true',
    ])
    expect(find(model, 'TreeDBH').hint?.en).toBe('Make the measurement 1.3m up from the ground.')
  })
})

describe('what a dataset makes of an answer', () => {
  const bind = (attributes: string) => find(readXForm(formOf({ binds: `<bind nodeset="/data/a" ${attributes}/>` })), 'a')

  test('is internal unless the form says otherwise, a citizen’s number is personal', () => {
    expect(bind('type="string"').sensitivity).toBe('internal')
    expect(bind('rakkaeo:role="national-id"')).toMatchObject({ sensitivity: 'personal', role: 'national-id' })
    expect(bind('rakkaeo:role="national-id" rakkaeo:sensitivity="sensitive"').sensitivity).toBe('sensitive')
    expect(bind('type="decimal" rakkaeo:unit="rai" rakkaeo:term="dwc:individualCount"')).toMatchObject({ type: 'decimal', unit: 'rai', term: 'dwc:individualCount', role: null })
  })
  test('in another namespace means nothing here', () => {
    expect(bind('role="national-id"')).toMatchObject({ role: null, sensitivity: 'internal' })
  })
  test.each([['role', 'citizen'], ['sensitivity', 'secret']])('%s “%s” is refused with what is allowed', (name, value) => {
    expect(() => bind(`rakkaeo:${name}="${value}"`)).toThrow(expect.objectContaining({ code: 'form/bad-attribute-value', details: expect.objectContaining({ path: '/data/a', name, value }) }))
  })
})

describe('languages', () => {
  const itext = (...translations: [string, string][]) => `<itext>${translations.map(([lang, value]) => `<translation lang="${lang}"><text id="a"><value form="image">jr://images/a.jpg</value><value>${value}</value></text></translation>`).join('')}</itext>`
  const label = (...translations: [string, string][]) =>
    find(readXForm(formOf({ head: itext(...translations), body: '<input ref="/data/a"><label ref="jr:itext(\'a\')"/></input>' })), 'a').label

  test.each<[string, [string, string][], object]>([
    ['by code', [['English (en)', 'Name'], ['ไทย (th)', 'ชื่อ']], { th: 'ชื่อ', en: 'Name' }],
    ['by name', [['English', 'Name'], ['Thai', 'ชื่อ']], { th: 'ชื่อ', en: 'Name' }],
    ['one only', [['ไทย (th)', 'ชื่อ']], { th: 'ชื่อ', en: 'ชื่อ' }],
    ['columns without a language stand for the one that is missing', [['English (en)', 'Name'], ['default', 'ชื่อ']], { th: 'ชื่อ', en: 'Name' }],
    ['a text that is not translated', [['ไทย (th)', '-'], ['English (en)', 'Name']], { th: 'Name', en: 'Name' }],
    ['others', [['Swahili', 'Jina'], ['French', 'Nom']], { th: 'Jina', en: 'Jina' }],
    ['none', [['ไทย (th)', '']], { th: 'a', en: 'a' }],
  ])('%s', (_, translations, text) => { expect(label(...translations)).toEqual(text) })
})

test('choices from a file are not listed; the file is wanted, pictures too', () => {
  const model = readXForm(formOf({
    instance: '<village/><photo>jr://images/house.png</photo>', binds: '<instance id="villages" src="jr://file-csv/villages.csv"/><instance id="__last-saved" src="jr://instance/last-saved"/>',
    body: '<select1 ref="/data/village"><label>V</label><itemset nodeset="instance(\'villages\')/root/item[tambon = \'500701\']"><value ref="name"/><label ref="label"/></itemset></select1>',
  }))
  expect(find(model, 'village')).toMatchObject({ choices: null, choicesFile: 'villages.csv' })
  expect(model.files).toEqual(['house.png', 'villages.csv'])
  expect(model.logic.lookups).toEqual([{ id: 'villages', file: 'villages.csv', rows: [] }])
})

test('choices that are rows of a repeat, and choices in any order', () => {
  const body = `<group ref="/data/person"><label>P</label><repeat nodeset="/data/person"><input ref="/data/person/name"><label>N</label></input></repeat></group>
    <select1 ref="/data/head"><label>H</label><itemset nodeset="/data/person[name != '']"><value ref="name"/><label ref="name"/></itemset></select1>
    <odk:rank ref="/data/first"><label>F</label><itemset nodeset="randomize(instance('l')/root/item)"><value ref="name"/><label ref="label"/></itemset></odk:rank>`
  const model = readXForm(formOf({ instance: '<person><name/></person><head/><first/>', binds: '<instance id="l"><root><item><name>1</name><label>One</label></item></root></instance>', body }))
  expect(find(model, 'head')).toMatchObject({ choices: null, choicesFile: null })
  expect(model.logic.itemsets['/data/head']?.nodeset).toBe("/data/person[name != '']")
  expect(find(model, 'first')).toMatchObject({ type: 'rank', choices: [{ value: '1', label: { th: 'One', en: 'One' } }] })
})

test('a repeat inside a repeat, and a group that is empty', () => {
  const body = `<group ref="/data/g"/><group ref="/data/house"><label>H</label><repeat nodeset="/data/house"><group ref="/data/house/room"><label>R</label><repeat nodeset="/data/house/room">
    <input ref="/data/house/room/size"><label>S</label></input></repeat></group></repeat></group>`
  const model = readXForm(formOf({ instance: '<g/><house jr:template=""><room jr:template=""><size/></room></house><house><room><size/></room></house>', body }))
  expect(model.questions.map(({ path, repeat }) => [path, repeat])).toEqual([['/data/house/room/size', '/data/house/room']])
  expect(model.repeats.map(({ name, repeat }) => [name, repeat])).toEqual([['house', null], ['room', '/data/house']])
})

test('a thing that the form makes or changes', () => {
  const model = readXForm(formOf({
    instance: '<name/><old/><meta><instanceID/><entity dataset="attraction" id="" create="1" update="" baseVersion=""><label/></entity></meta>',
    binds: `<bind nodeset="/data/name" entities:saveto="title"/><bind nodeset="/data/meta/entity/@id" calculate=" /data/old "/>
      <bind nodeset="/data/meta/entity/@update" calculate="/data/old != ''"/><bind nodeset="/data/meta/entity/label" calculate="/data/name"/>`,
  }))
  expect(model.entity).toEqual({ list: 'attraction', idExpression: '/data/old', createIf: 'true()', updateIf: "/data/old != ''", label: '/data/name', saveTo: { '/data/name': 'title' } })
  expect(model.questions.map(question => question.name)).toEqual(['name', 'old'])
})

describe('what is no form is said so', () => {
  test.each([
    ['a page', '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', 'form/not-an-xform'],
    ['a submission', '<data id="f"/>', 'form/not-an-xform'],
    ['a form without an id', formOf({ root: 'version="1"' }), 'form/no-form-id'],
    ['a DTD', '<!DOCTYPE html><html/>', 'xml/doctype'],
  ])('%s', (_, xml, code) => { expect(() => readXForm(xml)).toThrow(expect.objectContaining({ code })) })
})
