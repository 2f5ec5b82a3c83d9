import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadEngineForm } from '../../server/base/xforms-engine.ts'
import { readAnswers, type Answers } from './answers.ts'
import { buildTree, listTree, templateOf } from './check.tree.ts'
import { compile, KNOWN_FUNCTIONS } from './compile.ts'
import { toText, type Client, type FormNode, type Given } from './compile.values.ts'
import { readXForm } from './read-xform.ts'

/** What it is in our way of Web Forms; where the engine says something else, that, and why we do not. */
type Row = [expression: string, value: string, engine?: string, why?: string]

const ROWS: Row[] = [
  // numbers
  ['1 + 2 * 3 - 4', '3'], ['7 mod 3', '1'], ['-7 mod 3', '-1'], ['7 mod -3', '1'], ['1.5 mod 0.5', '0'], ['5 - 2 - 1', '2'], ['1 div 3', '0.3333333333333333'], ['1 div 0', 'Infinity'], ['-1 div 0', '-Infinity'],
  ['0 div 0', ''], ['0.1 + 0.2', '0.30000000000000004'], ['-(-3)', '3'], ['3 -1', '2'], ['/data/num -1', '41'], ['2*/data/num', '84'], ['true() + 1', '2'], ["'3' + '4'", '7'], ['- /data/num', '-42'],
  ["number(' 12 ')", '12'], ["number('')", ''], ["number('abc')", ''], ["number('-.5')", '-0.5'], ["number('5.')", '5'],
  ["number('1e3')", '1000'], ["number('0x10')", '16'], ["number('+5')", '5'], ["number('Infinity')", 'Infinity'], ["string(1 div 0) > 5", 'true'],
  ['0.0000001', '0.0000001', '1e-7', 'XPath writes no exponent'], ['1000000 * 1000000 * 1000000 * 1000000', '1000000000000000000000000', '1e+24', 'XPath writes no exponent'],
  ['round(2.5)', '3'], ['round(-2.5)', '-3'], ['round(12345.678, -2)', '12300'], ['round(1.45, 1)', '1.5'], ['round(-1.45, 1)', '-1.5'], ["round('x')", ''], ['round(1.005, 2)', '1'],
  ['int(2.9)', '2'], ['int(-2.9)', '-2'], ["int('x')", ''], ['floor(-1.5)', '-2'], ['ceiling(1.2)', '2'], ['abs(-3)', '3'], ['pow(2, 10)', '1024'], ['sqrt(9)', '3'], ['sqrt(-1)', ''], ['log(10)', '2.302585092994046'],
  ['log10(1000)', '3'], ['exp(1)', '2.718281828459045'], ['exp10(3)', '1000'], ['pi()', '3.141592653589793'], ['sin(1)', '0.8414709848078965'], ['cos(0)', '1'], ['tan(0)', '0'], ['asin(1)', '1.5707963267948966'],
  ['acos(1)', '0'], ['atan(1)', '0.7853981633974483'], ['atan2(1, 2)', '0.4636476090008061'], ['min(3, 1, 2)', '1'], ['max(/data/rep/age, 100)', ''], ["max(/data/rep[age != '']/age, 1)", '34'], ['min(/data/rep/age)', ''], ['max()', ''],
  ['sum(/data/rep/age)', ''], ["sum(/data/rep[age != '']/age)", '41'], ['sum(/data/missing)', ''], ['checklist(1, 2, true(), false(), 1)', 'true'], ["checklist(2, -1, true(), 'x')", 'true'], ['checklist(-1, 1, true(), 1)', 'false'],
  ['checklist(2, 2, /data/rep/age)', 'true'], ["checklist(1, 1, '0')", 'true'], ['weighted-checklist(2, 5, true(), 2, false(), 3)', 'true'], ['weighted-checklist(2, -1, 1, 1)', 'false'],
  ['weighted-checklist(3, 50, /data/rep/age, /data/rep/age)', 'true'],
  // comparing
  ["'a' = 'b'", 'false'], ["1 = '1'", 'true'], ["'42' = '42.0'", 'false'], ["'42' = 42.0", 'true'], ["true() = 'x'", 'true'], ["true() = 'false'", 'true'], ['/data/num = 42', 'true'], ['/data/rep/age = 7', 'true'],
  ['/data/rep/age != 7', 'true'], ['/data/rep/age > 30', 'true'], ["/data/missing = ''", 'false'], ["/data/missing != ''", 'false'], ["/data/blank = ''", 'true'], ['/data/blank = 0', 'false'], ['/data/blank < 1', 'false'],
  ["'a' < 'b'", 'false'], ["'2' < '10'", 'true'], ['true() > false()', 'true'], ['1 = 1 = 1', 'true'], ['3 > 2 > 1', 'false'], ["1 != '1.0'", 'false'], ["/data/g = 'Ana34'", 'true'], ["(1 > 2) = ''", 'true'],
  ['true() and 0', 'false', '0', '“and” gives true or false'], ["0 or 'x'", 'true', 'x', '“or” gives true or false'], ['/data/num > 1 and /data/num < 50', 'true'], ['boolean(/data/blank)', 'true'], ['boolean(/data/missing)', 'false'],
  ["boolean('false')", 'true'], ['not(/data/blank)', 'false'], ["if('', 1, 2)", '2'], ["if(/data/missing, 'a', 'b')", 'b'], ['if(1 > 2, 1 div 0, 3)', '3'], ["boolean-from-string('true')", 'true'],
  ["boolean-from-string('TRUE')", 'false'], ["boolean-from-string('1')", 'true'], ["coalesce(/data/blank, 'x')", 'x'], ["coalesce(0 div 0, 'x')", 'x'], ["coalesce('', '')", ''], ['coalesce(/data/missing, /data/num)', '42'],
  // texts
  ['string(/data/num)', '42'], ['string(/data/g)', 'Ana34'], ['string(/data/missing)', ''], ["concat('a', 1, true())", 'a1true'], ['concat(/data/rep/name)', 'AnaBiaCaio'], ['concat()', ''], ["concat('x', 0 div 0)", 'x'],
  ["join(',', 'a', /data/rep/name, 3)", 'a,Ana,Bia,Caio,3'], ["join(',')", ''], ["string-length('สวัสดี')", '6'], ["string-length('😀')", '2'], ['normalize-space(/data/sp)', 'a b'], ["translate('bar', 'abc', 'AB')", 'BAr'],
  ["translate('aab', 'aa', 'xy')", 'xxb'], ["translate('a.b', '.', '-')", 'a-b'], ["contains('abc', '')", 'true'], ["contains('abc', 'd')", 'false'], ["starts-with('abc', 'a')", 'true'], ["ends-with('abc', 'bc')", 'true'],
  ["substring-before('a-b-c', '-')", 'a'], ["substring-before('abc', 'x')", ''], ["substring-after('a-b-c', '-')", 'b-c'], ["substring-after('abc', 'x')", ''], ["substring-after('abc', '')", 'abc'],
  ["substring-after('a--b', '--')", 'b', '-b', 'after means after the whole of it'], ["substring('hello', 2, 3)", 'ell'], ["substring('hello', 0, 3)", 'he'], ["substring('hello', 1.5, 2.6)", 'ell'], ["substring('hello', -1)", 'hello'],
  ["substring('hello', -1, 3)", 'h'], ["substring('hello', 2, 0 div 0)", ''], ["substr('hello', 1, 3)", 'el'], ["substr('hello', -3)", 'llo'], ["substr('hello', 3, 1)", ''], ["substr('hello', -4, -1)", 'ell'], ["substr('abc', 'x')", ''],
  ["regex('abc', 'b')", 'true'], ["regex('abc', '^b$')", 'false'], ["regex('ก1', '^[ก-๙][0-9]$')", 'true'], ["regex(/data/num, concat('^4', '.$'))", 'true'],
  // choices
  ['count-selected(/data/sel)', '2'], ["count-selected('')", '0'], ["count-selected(' a  b ')", '2'], ["selected(/data/sel, 'power')", 'true'], ["selected(/data/sel, 'pow')", 'false'], ["selected('', '')", 'true'],
  ["selected(/data/sel, '')", 'false'], ["selected('a b', 'a ')", 'true'], ['selected-at(/data/sel, 1)', 'power'], ['selected-at(/data/sel, -1)', ''], ['selected-at(/data/sel, 9)', ''],
  // nodes
  ['count(/data/rep)', '3'], ['count(//age)', '3'], ['count(/data/*/age)', '3'], ['count(/data/g/*)', '2'], ['count(/data/missing)', '0'], ['count-non-empty(/data/rep/age)', '2'], ['/data/rep[2]/name', 'Bia'], ['/data/rep[last()]/name', 'Caio'],
  ['/data/rep[position() = 2]/name', 'Bia'], ['/data/rep[age > 5][2]/name', 'Bia'], ["/data/rep[name = 'Bia']/age", '7'], ["/data/rep[1][name = 'Bia']/age", ''], ['/data/rep[age]/name', 'Ana'], ['/data/rep/../num', '42'], ['/data/./num', '42'],
  ['/data/child::num', '42'], ['(/data/rep/age)[2]', '7', '34', 'brackets count among all the nodes'], ['position(/data/rep[2])', '2'], ['position(/data/missing)', ''], ['indexed-repeat(/data/rep/name, /data/rep, 3)', 'Caio'],
  ['indexed-repeat(/data/rep/name, /data/rep, 9)', ''], ['indexed-repeat(/data/rep/name, /data/rep, /data/missing)', ''], ['count(randomize(/data/rep))', '3'], ["instance('c')/root/item[name = '57']/label", 'CR'],
  ["instance('c')/root/item[name = /data/fifty]/label", 'CM'], ["sum(instance('c')/root/item/n)", '30'], ["instance('c')/root/item[n > 5][2]/name", '57'], ["instance('zz')/root/item/name", ''], ["pulldata('c', 'label', 'name', '50')", 'CM'],
  ["pulldata('c', 'label', 'name', '99')", ''], ["once('x')", 'x'], ["jr:choice-name('57', '/data/place')", 'CR'], ["jr:choice-name('99', ' /data/place ')", ''],
  // dates, in Bangkok
  ['number(/data/d) - number(/data/d)', '0'], ['/data/d + 1', '20672.708333333332'], ["/data/d < '2026-08-08'", 'true'], ["/data/d = '2026-08-07'", 'true'], ["/data/dt > '2026-08-07'", 'true'], ['/data/d < today()', 'true'],
  ['today() = date(today())', 'true'], ['string-length(today())', '10'], ["date('2026-8-7')", '2026-08-07'], ["date('2026-08-07T10:00:00')", '2026-08-07T10:00:00.000+07:00'], ["date('2026-08-07T23:30:00Z')", '2026-08-08T06:30:00.000+07:00'],
  ['date(20000)', '2024-10-04T07:00:00.000+07:00'], ['date(/data/d + 1)', '2026-08-08'], ["date('')", ''], ["date('abc')", '', 'Invalid Date', 'what is no date is nothing'], ['date-time(0.5)', '1970-01-01T19:00:00.000+07:00'],
  ["date-time('2026-08-07T10:00:00.000+07:00')", '2026-08-07T10:00:00.000+07:00'], ["decimal-date-time('1970-01-02T00:00:00Z')", '1'], ["decimal-date-time('2026-08-07')", '20671.708333333332'], ["decimal-date-time('x')", ''],
  ['decimal-date-time(20000.5)', '20000.5'], ["decimal-time('12:00')", '0.5'], ["decimal-time('18:00:00.000+07:00')", '0.75'], ["decimal-time('x')", ''], ["format-date('2026-08-07', '%Y-%m-%d')", '2026-08-07'],
  ["format-date('2026-08-07', '%y %n %e %b %a')", '26 8 7 Aug Fri'], ["format-date('2026-08-09', '%a')", 'Sun', '', 'Sunday is a day too'], ["format-date('2026-08-07T23:30:00Z', '%d')", '08'], ["format-date('', '%Y')", ''],
  ["format-date-time('2026-08-07T10:05:06.789', '%H %h %M %S %3')", '10 10 05 06 789'], ["format-date(20000, '%Y')", '2024', '', 'a number is a date too, as for date()'],
  // places
  ['area(/data/shape)', '1135931.15'], ["area('0 0;0 1;1 1;0 0')", '6195628067.9'], ["area('x')", '0'], ['distance(/data/shape)', '4267.24'], ["distance('0 0', '0 1')", '111318.85'], ["distance('0 0 0 0; 0 1 0 0')", '111318.85'],
  ["geofence('-23.5555 -46.6283', /data/shape)", 'true'], ["geofence('0 0', /data/shape)", 'false'], ["geofence('0 0', '0 0;1 1;0 1')", 'false'],
]
/** Asked in each of three rows. */
const IN_ROWS: [expression: string, values: string[]][] = [
  ['../name', ['Ana', 'Bia', 'Caio']], ['position(..)', ['1', '2', '3']], ['count(../../rep)', ['3', '3', '3']], ['current()/../name', ['Ana', 'Bia', 'Caio']], ['count(/data/rep[age > 5])', ['2', '2', '2']],
  ['/data/rep[name = current()/../name]/age', ['34', '7', '']], ['../../rep[position() = position(current()/..) - 1]/name', ['', 'Ana', 'Bia']], ["join('|', ../../rep/name)", ['Ana|Bia|Caio', 'Ana|Bia|Caio', 'Ana|Bia|Caio']],
  ['indexed-repeat(/data/rep/name, /data/rep, position(..) - 1)', ['', 'Ana', 'Bia']], ['../age + 1', ['35', '8', '']], ["concat(/data/rep/name)", ['AnaBiaCaio', 'AnaBiaCaio', 'AnaBiaCaio']], ['/data/rep/name', ['Ana', 'Ana', 'Ana']],
]

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const cells = (rows: readonly unknown[]) => rows.map((_, i) => `<c${i}/>`).join('')
const row = (name: string, age: string) => `<rep><name>${name}</name><age>${age}</age>${cells(IN_ROWS)}</rep>`
const shape = '-23.5505 -46.6333 0 0;-23.5505 -46.6233 0 0;-23.5605 -46.6233 0 0;-23.5605 -46.6333 0 0;-23.5505 -46.6333 0 0'
const choices = '<itemset nodeset="instance(\'c\')/root/item"><value ref="name"/><label ref="label"/></itemset>'
const binds = (path: string, rows: readonly (readonly [string, ...unknown[]])[]) => rows.map(([expression], i) => `<bind nodeset="${path}/c${i}" calculate="${escape(expression)}"/>`).join('')
const XFORM = `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title><model><instance><data id="t" version="1">
  <num>42</num><dec>1500.5</dec><blank/><sp>  a   b </sp><sel>water power</sel><fifty>50</fifty><g><x>Ana</x><y>34</y></g><place/><d>2026-08-07</d><dt>2026-08-07T06:31:13.834+07:00</dt><shape>${shape}</shape>${row('Ana', '34')}${row('Bia', '7')}${row('Caio', '')}
  <out>${cells(ROWS)}</out><meta><instanceID/></meta></data></instance><instance id="c"><root><item><name>50</name><label>CM</label><n>10</n></item><item><name>57</name><label>CR</label><n>20</n></item></root></instance>
  <bind nodeset="/data/d" type="date"/>${binds('/data/out', ROWS)}${binds('/data/rep', IN_ROWS)}</model></h:head>
  <h:body><input ref="/data/num"><label>a</label></input><select1 ref="/data/place"><label>p</label>${choices}</select1><group ref="/data/rep"><label>r</label><repeat nodeset="/data/rep"><input ref="/data/rep/name"><label>n</label></input></repeat></group></h:body></h:html>`

type EngineNode = { currentState: { reference: string; value: unknown; children: readonly EngineNode[] | null } }
const engineValues = new Map<string, string>()
let tree: FormNode

/** The same answers for both. */
beforeAll(async () => {
  const { root } = (await loadEngineForm(XFORM)).createInstance()
  const walk = ({ currentState: { reference, value, children } }: EngineNode) => { engineValues.set(reference, String(value)); children?.forEach(walk) }
  walk(root as unknown as EngineNode)
  const model = readXForm(XFORM), xml = /<data[^]*?<\/data>/.exec(XFORM)?.[0] ?? ''
  tree = buildTree(templateOf(model), readAnswers(model, xml) satisfies Answers)
})

const LIST = [{ name: '50', label: 'CM', n: '10' }, { name: '57', label: 'CR', n: '20' }]
const given = (client: Client): Given => ({
  client, today: '2026-11-26', now: '2026-11-26T15:30:00.000+07:00', random: () => 0.5, uuid: () => '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  lookup: id => id === 'c' ? listTree(LIST) : null, spend: () => {}, choiceName: (path, value) => path === '/data/place' ? LIST.find(({ name }) => name === value)?.label ?? '' : '',
})
const find = (path: string): FormNode => path.split('/').slice(1).reduce((node, step) => {
  const [, name, index = '1'] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? []
  return node.children.filter(child => child.name === name)[Number(index) - 1] as FormNode
}, tree)
const ask = (expression: string, path: string, client: Client = 'web') => {
  const node = find(path), context = { node, current: node, position: 1, size: 1, given: given(client) }, value = compile(expression)(context)
  return Number.isNaN(value) ? '' : toText(value, context.given)
}

describe('expressions, beside the engine of ODK Web Forms', () => {
  test.each(ROWS.map(([expression, ...rest], i) => [expression, i, rest] as const))('%s', (expression, i, [value, engine = value, why]) => {
    expect([ask(expression, `/data/out/c${i}`), engineValues.get(`/data/out/c${i}`)]).toEqual([value, engine])
    expect(engine === value).toBe(why === undefined)
  })
  test.each(IN_ROWS.map(([expression, values], i) => [expression, i, values] as const))('in a row: %s', (expression, i, values) => {
    expect([1, 2, 3].map(row => ask(expression, `/data/rep[${row}]/c${i}`))).toEqual(values)
    expect([1, 2, 3].map(row => engineValues.get(`/data/rep[${row}]/c${i}`))).toEqual(values)
  })
})

/** By the source of JavaRosa, which runs in Collect; there is no oracle for it here. */
describe('what Collect computes otherwise', () => {
  test.each([
    ['sum(/data/rep/age)', '', '41', 'empty answers are left out'], ['sum(/data/missing)', '', '0', 'of nothing'], ['max(/data/rep/age)', '', '34', 'empty answers are left out'],
    ['round(-2.5)', '-3', '-2', 'halves go up'], ['round(1.005, 2)', '1', '1.01', 'decimal fractions are exact'], ['round(-1.15, 1)', '-1.2', '-1.1', 'halves go up'],
    ["if(/data/blank, 'y', 'n')", 'y', 'n', 'an empty answer is false'], ["concat('x', 0 div 0)", 'x', 'xNaN', 'what is no number is written'], ["/data/missing = ''", 'false', 'true', 'what is not there is empty'],
    ["regex('AB123', '[A-Z]{2}[0-9]{2}')", 'true', 'false', 'the pattern is of the whole'], ["boolean-from-string('TRUE')", 'false', 'true', 'in any case'], ['date(20000.7)', '2024-10-04T23:48:00.000+07:00', '2024-10-04', 'a date has no time'],
    ['/data/d + 1', '20672.708333333332', '20673', 'days are whole'], ["number('1e3')", '1000', '', 'XPath numbers have no exponent'], ["number('+5')", '5', '', 'nor do they begin with a plus'], ["number('Infinity')", 'Infinity', '', 'nor are they words'],
  ])('%s', (expression, web, collect) => { expect([ask(expression, '/data/num'), ask(expression, '/data/num', 'collect')]).toEqual([web, collect]) })

  test('a path into one’s own repeat means one’s own row, as the specification says; the repeat itself means all rows', () => {
    expect([1, 2, 3].map(row => ask('/data/rep/name', `/data/rep[${row}]/age`, 'collect'))).toEqual(['Ana', 'Bia', 'Caio'])
    expect(ask('count(/data/rep)', '/data/rep[2]/age', 'collect')).toBe('3')
    expect(ask('/data/rep[position() = 3]/name', '/data/rep[2]/age', 'collect')).toBe('Caio')
  })
})

describe('what the engine does not know or does not give', () => {
  test.each([
    ['/data/num | /data/rep/name', '42'], ['count(/data/rep | /data/rep[1] | /data/num)', '4'], ['/data/rep[2]/name | /data/rep[1]/name', 'Ana'], ['--3', '3'], ['random()', '0.5'], ['uuid()', '3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
    ['uuid(4)', '3f25'], ['string-length(uuid(80))', '80'], ['now()', '2026-11-26T15:30:00.000+07:00'], ['today()', '2026-11-26'], ['enclosed-area(/data/shape)', '1135931.15'], ["distance('x')", ''], ["date('2026-02-30')", ''],
    ["distance('5 5', '5 5')", '0'],
  ])('%s', (expression, value) => { expect(ask(expression, '/data/num')).toBe(value) })

  test('a long chain of conditions is computed, an endless one named', () => {
    const chain = (length: number) => `${Array.from({ length }, (_, i) => `if(/data/num = ${i}, 'p${i}', `).join('')}''${')'.repeat(length)}`
    expect(ask(chain(300), '/data/num')).toBe('p42')
    expect(ask(Array.from({ length: 1500 }, () => '1').join(' + '), '/data/num')).toBe('1500')
    expect(() => compile(Array.from({ length: 9000 }, () => '1').join(' + '))).toThrow(expect.objectContaining({ code: 'form/expression-too-long' }))
  })
  test('every function that is known is tried here', () => {
    const tried = [...ROWS.map(([expression]) => expression), ...IN_ROWS.map(([expression]) => expression), 'random() uuid() now() today() enclosed-area()'].join(' ')
    expect(KNOWN_FUNCTIONS.filter(name => !tried.includes(`${name}(`))).toEqual([])
  })
})

describe('what cannot be computed is named, before anything is computed', () => {
  test.each([
    ['foo(1)', 'form/expression-unknown-function', { name: 'foo' }], ['upper-case(.)', 'form/expression-unknown-function', { name: 'upper-case' }], ['toString()', 'form/expression-unknown-function', { name: 'toString' }],
    ["if(true(), 1, foo())", 'form/expression-unknown-function', { name: 'foo' }], ["digest('a', 'MD5')", 'form/expression-unsupported', { name: 'digest()' }], ["base64-decode('a')", 'form/expression-unsupported', { name: 'base64-decode()' }],
    ["jr:itext('a')", 'form/expression-unsupported', { name: 'jr:itext()' }], ['/data/@id', 'form/expression-unsupported', { name: '@' }], ['ancestor::data', 'form/expression-unsupported', { name: 'ancestor::' }],
    ['/data/num/text()', 'form/expression-unsupported', { name: 'text()' }], ['jr:choice-name(., string(.))', 'form/expression-unsupported', { name: 'jr:choice-name()' }],
    ['not()', 'form/expression-arguments', { name: 'not', given: 0, wanted: '1' }], ['true(1)', 'form/expression-arguments', { name: 'true' }], ['if(1, 2)', 'form/expression-arguments', { name: 'if', given: 2 }],
    ['indexed-repeat(/data/rep/name, /data/rep, 1, /data/rep)', 'form/expression-arguments', { name: 'indexed-repeat' }],
    ['count(1)', 'form/expression-not-nodes', { name: 'count()' }], ["sum('3')", 'form/expression-not-nodes', { name: 'sum()' }], ['/data/num | 3', 'form/expression-not-nodes', { name: '|' }], ["'a'[1]", 'form/expression-not-nodes', {}],
    ["regex(., '(')", 'form/expression-pattern', { pattern: '(' }],
    ['1 +', 'form/expression-unreadable', { at: 3 }], ["'abc", 'form/expression-unreadable', { at: 0 }], ['(1, 2)', 'form/expression-unreadable', { at: 2 }], ['12.5.3', 'form/expression-unreadable', { at: 4 }], ['', 'form/expression-unreadable', { at: 0 }],
    ['$x', 'form/expression-unreadable', { at: 0 }], ['/data/num 3', 'form/expression-unreadable', { at: 10 }], ['('.repeat(3000), 'form/expression-unreadable', {}],
  ])('%s', (expression, code, details) => {
    expect(() => compile(expression)).toThrow(expect.objectContaining({ code, details: expect.objectContaining(details), say: { th: expect.stringMatching(/[ก-๙]/), en: expect.stringMatching(/\w/) } }))
  })
})

test('docs/form-engine.md lists the functions that are known, and no others', () => {
  const document = readFileSync(new URL('../../docs/form-engine.md', import.meta.url), 'utf8'), table = /\n## Functions\n([^]*?)\n\n[^|]/.exec(document)?.[1] ?? ''
  expect([...table.matchAll(/`([\w:-]+)\(\)`/g)].map(match => match[1]).sort()).toEqual(KNOWN_FUNCTIONS)
})
