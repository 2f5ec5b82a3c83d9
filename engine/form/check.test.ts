import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readAnswers } from './answers.ts'
import { isSameAnswer, makeCheck } from './check.ts'
import type { FileRows } from './check.judge.ts'
import { readXForm } from './read-xform.ts'

const fixture = (name: string) => readXForm(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'))
const GIVEN = { today: '2026-11-26', now: '2026-11-26T15:30:00.000+07:00' }

const HOUSEHOLD = fixture('household-survey-th.xml'), checkHousehold = makeCheck(HOUSEHOLD)
const person = (inside: string) => `<person>${inside}</person>`
const MALI = '<name>มะลิ</name><sex>f</sex><age>34</age><relation>head</relation><pregnant>no</pregnant><disability>none</disability><income>9000</income>'
const DAM = '<name>ดำ</name><sex>m</sex><age>6</age><relation>child</relation><in_school>yes</in_school><disability/>'
const SUMS = '<hh_size>2</hh_size><n_elderly>0</n_elderly><total_income>9000</total_income><income_per_head>4500</income_per_head>'
const household = ({ site = '<province>50</province><district>5003</district>', consent = 'yes', head = 'มะลิ', phone = '0812345678', people = person(MALI) + person(DAM), sums = SUMS, end = '<problems>debt</problems><visit_date>2026-11-26</visit_date>' }) =>
  `<data id="hh_survey" version="1"><g_site>${site}</g_site><consent>${consent}</consent>${consent === 'yes' ? `<g_hh><head_name>${head}</head_name><phone>${phone}</phone>${people}${sums}${end}</g_hh>` : ''}</data>`
const faultsOf = (parts: Parameters<typeof household>[0], given = GIVEN) =>
  checkHousehold(readAnswers(HOUSEHOLD, household(parts)), given).map(({ path, row, kind }) => `${kind} ${path.split('/').at(-1)}${row === null ? '' : ` ${row}`}`)

describe('a household that was interviewed', () => {
  test('well is left alone', () => {
    expect(faultsOf({})).toEqual([])
    expect(faultsOf({ consent: 'no' })).toEqual([])
    expect(checkHousehold.notJudged).toEqual([])
  })
  test.each<[string, Parameters<typeof household>[0], string[]]>([
    ['without its head', { head: '' }, ['required head_name']],
    ['without consent said', { consent: '' }, ['required consent']],
    ['with a telephone number that is none', { phone: '12' }, ['constraint phone']],
    ['in a district of another province', { site: '<province>58</province><district>5003</district>' }, ['choice district']],
    ['in a province that does not exist', { site: '<province>99</province><district/>' }, ['choice province', 'required district']],
    ['with a man who is pregnant', { people: person(MALI.replace('>f<', '>m<')) + person(DAM) }, ['not-relevant pregnant 0']],
    ['with a child that earns', { people: person(MALI) + person(`${DAM}<income>100</income>`), sums: SUMS.replace('9000', '9100').replace('4500', '4550') }, ['not-relevant income 1']],
    ['with a member of 200 years', { people: person(MALI) + person(DAM.replace('>6<', '>200<')), sums: SUMS.replace('<n_elderly>0', '<n_elderly>1'), end: '<problems/><elder_care/><visit_date/>' },
      ['constraint age 1', 'not-relevant in_school 1']],
    ['with an age in words', { people: person(MALI) + person(DAM.replace('>6<', '>หก<').replace('<in_school>yes</in_school>', '')) }, ['type age 1']],
    ['with none and a disability', { people: person(MALI.replace('>none<', '>none see<')) + person(DAM) }, ['constraint disability 0']],
    ['with a disability that is not in the list', { people: person(MALI.replace('>none<', '>see ghosts<')) + person(DAM) }, ['choice disability 0']],
    ['with an income that was made smaller afterwards', { sums: SUMS.replace('9000', '900') }, ['calculation total_income', 'calculation income_per_head']],
    ['without its sums', { people: person(MALI), sums: '' }, ['calculation hh_size', 'calculation n_elderly', 'calculation total_income', 'calculation income_per_head']],
    ['with another problem that is not told', { end: '<problems>other</problems><problem_other/><visit_date/>' }, ['required problem_other']],
    ['tomorrow', { end: '<problems/><visit_date>2026-11-27</visit_date>' }, ['constraint visit_date']],
  ])('%s', (_, parts, faults) => { expect(faultsOf(parts)).toEqual(faults) })

  test('the day is that of the interview, not of the check', () => {
    expect(faultsOf({}, { today: '2026-11-25', now: '2026-11-25T09:00:00+07:00' })).toEqual(['constraint visit_date'])
  })
  test('is told in the words of the form, in both languages, with the member', () => {
    const say = (parts: Parameters<typeof household>[0]) => checkHousehold(readAnswers(HOUSEHOLD, household(parts)), GIVEN)[0]?.say
    expect(say({ people: person(MALI) + person(DAM.replace('>6<', '>-6<').replace('<in_school>yes</in_school>', '')) })).toEqual({ th: '“อายุ (ปี)” (สมาชิก 2): อายุต้องอยู่ระหว่าง 0-120 ปี', en: '“Age (years)” (Person 2): Age must be 0-120' })
    expect(say({ head: '' })).toEqual({ th: '“ชื่อหัวหน้าครัวเรือน”: กรุณาตอบ', en: '“Household head”: Please answer' })
    expect(say({ end: '<visit_date>ไม่รู้</visit_date>' })).toEqual({ th: '“วันที่เยี่ยม”: คำตอบต้องเป็นวันที่ แก้คำตอบ', en: '“Visit date”: The answer must be a date. Mend it.' })
  })
  test('an answer is never repeated in what is said about it', () => {
    const secret = 'ความลับ', answers = readAnswers(HOUSEHOLD, household({ phone: secret, consent: 'yes', people: person(MALI.replace('>none<', `>${secret}<`).replace('>34<', `>${secret}<`)), sums: SUMS.replace('9000', secret) }))
    const faults = checkHousehold(answers, GIVEN)
    expect(faults.length).toBeGreaterThan(3)
    expect(JSON.stringify(faults)).not.toContain(secret)
  })
})

describe('Web Forms and Collect compute differently, and neither is accused', () => {
  const people = person(MALI) + person(MALI.replace('<income>9000</income>', '<income/>'))
  test.each([
    ['Web Forms: one income that is not known leaves the sum blank', '<hh_size>2</hh_size><n_elderly>0</n_elderly><total_income/><income_per_head>0</income_per_head>', []],
    ['Collect: the sum is of those that are known', '<hh_size>2</hh_size><n_elderly>0</n_elderly><total_income>9000</total_income><income_per_head>4500</income_per_head>', []],
    ['Collect writes 4500.0', '<hh_size>2</hh_size><n_elderly>0</n_elderly><total_income>9000.0</total_income><income_per_head>4500.0</income_per_head>', []],
    ['a sum that neither gives', '<hh_size>2</hh_size><n_elderly>0</n_elderly><total_income>100</total_income><income_per_head>50</income_per_head>', ['calculation total_income']],
  ])('%s', (_, sums, faults) => { expect(faultsOf({ people, sums })).toEqual(faults) })
})

/** A form of one page, with the rules that a test is about. */
function formOf(instance: string, binds: string, body = ''): ReturnType<typeof readXForm> {
  const inputs = [...instance.matchAll(/<(\w+)\/>/g)].map(([, name]) => body.includes(`ref="/data/${name}"`) ? '' : `<input ref="/data/${name}"><label>${name}</label></input>`).join('')
  return readXForm(`<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model>
    <instance><data id="f" version="1">${instance}</data></instance>${binds}</model></h:head><h:body>${body}${inputs}</h:body></h:html>`)
}
const kindsOf = (model: ReturnType<typeof readXForm>, answers: string, files?: FileRows) =>
  makeCheck(model)(readAnswers(model, `<data id="f">${answers}</data>`), { ...GIVEN, ...files && { files } }).map(({ kind, path }) => `${kind} ${path.slice('/data/'.length)}`)

describe('what cannot be known is not judged', () => {
  const villages = formOf('<tambon/><village/><name/>', `<instance id="v" src="jr://file-csv/villages.csv"/><bind nodeset="/data/name" calculate="concat(jr:choice-name(/data/village, '/data/village'), ' ', pulldata('v', 'n', 'name', /data/village))"/>`,
    `<select1 ref="/data/village"><label>V</label><itemset nodeset="instance('v')/root/item[tambon = /data/tambon]"><value ref="name"/><label ref="label"/></itemset></select1>`)
  const files = { 'villages.csv': [{ name: '1', label: 'ใหม่', tambon: 'a', n: '7' }, { name: '2', label: 'เก่า', tambon: 'b', n: '8' }] }

  test('a choice from a file is judged when the file is there', () => {
    expect(kindsOf(villages, '<tambon>a</tambon><village>1</village><name>ใหม่ 7</name>', files)).toEqual([])
    expect(kindsOf(villages, '<tambon>a</tambon><village>2</village><name>ใหม่ 7</name>', files)).toEqual(['choice village', 'calculation name'])
    expect(kindsOf(villages, '<tambon>a</tambon><village>2</village><name>ใหม่ 7</name>')).toEqual([])
  })
  test('chance and the clock cannot be computed again, but once() keeps what stands there', () => {
    const model = formOf('<a/><b/><c/><d/>', '<bind nodeset="/data/a" calculate="random()"/><bind nodeset="/data/b" calculate="concat(uuid(), now())"/><bind nodeset="/data/c" calculate="once(random())"/><bind nodeset="/data/d" calculate="today()"/>')
    expect(kindsOf(model, '<a>0.1</a><b>x</b><c>0.3</c><d>2026-11-26</d>')).toEqual([])
    expect(kindsOf(model, '<a>0.1</a><b>x</b><c>0.3</c><d>2020-01-01</d>')).toEqual(['calculation d'])
  })
  test('a rule with a function that is not known here is listed, and what depends on it let pass', () => {
    const model = formOf('<a/><b/><c/>', `<bind nodeset="/data/a" calculate="digest('x', 'MD5')"/><bind nodeset="/data/b" relevant="thousands-sep(/data/a) = '1'" required="true()" constraint=". = 1"/><bind nodeset="/data/c" required="true()"/>`)
    const check = makeCheck(model)
    expect(check.notJudged.map(({ path, say }) => [path, say.en.split(' of ')[0]])).toEqual([['/data/a', 'digest()'], ['/data/b', 'The function thousands-sep()']])
    expect(kindsOf(model, '<a>zzz</a><b>9</b>')).toEqual(['required c'])
  })
  test('a pattern that answers make, and that is none, stops nothing', () => {
    const model = formOf('<a/><b/>', '<bind nodeset="/data/a" constraint="regex(., /data/b)"/><bind nodeset="/data/b" calculate="date(/data/a * 1)"/>')
    expect(kindsOf(model, '<a>1e99</a><b>(</b>')).toEqual(['calculation b'])
    expect(kindsOf(model, '<a>99999999</a><b/>')).toEqual([])
  })
  test('choices whose values are written in a way that is not known here accuse nobody', () => {
    const model = formOf('<a/>', '<instance id="l"><root><item><name>1</name></item></root></instance>', '<select1 ref="/data/a"><label>A</label><itemset nodeset="instance(\'l\')/root/item[name = 1]"><value ref="@id"/><label ref="name"/></itemset></select1>')
    expect(kindsOf(model, '<a>anything</a>')).toEqual([])
  })
  test('answers that were saved last are on the phone alone', () => {
    const model = formOf('<a/>', '<instance id="__last-saved" src="jr://instance/last-saved"/><bind nodeset="/data/a" calculate="instance(\'__last-saved\')/data/a"/>')
    expect(kindsOf(model, '<a>anything</a>')).toEqual([])
  })
})

describe('rules of groups and rows', () => {
  const FARM = fixture('farm.xml'), checkFarm = makeCheck(FARM)
  const crop = (kind: string, tons: string, share: string, before: string) => `<crop><kind>${kind}</kind>${kind === 'other' ? '<other>ถั่ว</other>' : ''}<tons>${tons}</tons><share>${share}</share><before>${before}</before></crop>`
  const farm = (crops: string, rest = '<first_plot>นา</first_plot>') => `<data id="farm" version="1"><farmer>ใจ</farmer><birth>2015-11-27</birth><age>10</age><code>F2015-2</code><tambon/><village_name/><months/><share_all/><health/>
    <plot><name>นา</name><number>1</number><unit>rai</unit><area>12.5</area><owned>no</owned><rent>500</rent><title>นา 12.5 rai</title><tons_total>4</tons_total>${crops}</plot>
    <area_total>12.5</area_total><largest>12.5</largest>${rest}<biggest>นา</biggest><adult_text/><remark/></data>`
  const told = (xml: string) => checkFarm(readAnswers(FARM, xml), { ...GIVEN, files: { 'villages.csv': [] } }).map(({ kind, path, row }) => `${kind} ${path.split('/').at(-1)} ${row}`)
  const CROPS = crop('rice', '3', '0.75', '') + crop('other', '1', '0.25', 'rice')

  test('a farm in English is a farm too: what a choice is called may be said in either language', () => {
    expect(told(farm(CROPS))).toEqual([])
    expect(told(farm(CROPS).replace('12.5 rai', '12.5 ไร่'))).toEqual([])
    expect(told(farm(CROPS).replace('12.5 rai', '12.5 acres'))).toEqual(['calculation title 0'])
  })
  test('each row of each row is judged in its own place', () => {
    expect(told(farm(CROPS.replace('0.25', '0.3')))).toEqual(['calculation share 2'])
    expect(told(farm(CROPS.replace('<before>rice', '<before>maize')))).toEqual(['calculation before 2'])
    expect(told(farm(CROPS.replace('<other>ถั่ว</other>', '<other/>')))).toEqual(['required other 2'])
    expect(told(farm(CROPS).replace('<rent>500', '<rent>-1'))).toEqual(['constraint rent 0'])
  })
  test('what stands in a group that does not apply is told', () => {
    expect(told(farm(CROPS).replace('<plot>', '<adult><household>3</household></adult><plot>'))).toEqual(['not-relevant household null'])
  })
})

test.each([
  ['3', '3.0', 'text', true], ['3', '4', 'text', false], ['0.30000000000000004', '0.3', 'decimal', true], ['2', '2.7', 'integer', true], ['3', '2.7', 'integer', false], ['', 'Infinity', 'decimal', true], ['', 'Infinity', 'text', false],
  ['2026-11-26', '2026-11-26T07:00:00.000+07:00', 'date', true], ['HH NaN', 'HH ', 'text', true], ['นา 5.0 ไร่', 'นา 5 ไร่', 'text', true], ['นา 5.05 ไร่', 'นา 5 ไร่', 'text', false], ['', '1', 'integer', false], ['1', '', 'integer', false],
] as const)('“%s” was sent and “%s” computed, as %s: the same is %s', (sent, computed, type, same) => { expect(isSameAnswer(sent, computed, type)).toBe(same) })
