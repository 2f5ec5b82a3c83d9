import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { convertMarkdown } from '../../tests/setup/forms.ts'
import { formProblems } from '../../domain/dataset/problems.form.ts'

const SETTINGS = '| settings |\n| | form_id | version |\n| | f | 1 |\n'
const YESNO = '| choices |\n| | list_name | name | label |\n| | yesno | yes | Yes |\n'

/** What is told of a form, each as `sheet:row column code`. */
async function toldOf(markdown: string): Promise<string[]> {
  const whole = markdown.includes('| settings |') ? markdown : `${markdown}\n${SETTINGS}`
  const { faults, xform } = await convertMarkdown(whole)
  expect(xform === null).toBe(faults.some(({ severity }) => severity === 'error'))
  for (const { say } of faults) expect(say.th.length > 5 && say.en.length > 5 && !/undefined|\[object/.test(say.th + say.en)).toBe(true)
  return faults.map(({ sheet, row, column, code }) => `${sheet ?? ''}:${row ?? ''} ${column ?? ''} ${code.slice('form/'.length)}`)
}

const survey = (...rows: string[]) => `| survey |\n| | ${rows.join(' |\n| | ')} |\n`
const ASK = 'type | name | label'

/** One form for each thing that can be wrong: what it holds, and what is told of it. */
const WRONG: [string, string, string[]][] = [
  ['no survey', YESNO, [':  no-survey']],
  ['a survey without rows', survey(ASK), ['survey:  empty-survey']],
  ['a survey without types', survey('name | label', 'a | A'), ['survey:1 type missing-column']],
  ['a sheet of nearly the right name', `${survey(ASK, 'text | a | A')}\n| choice |\n| | x |\n| | 1 |`, ['choice:  near-sheet']],
  ['tags of OpenStreetMap', `${survey(ASK, 'text | a | A')}\n| osm |\n| | list_name |\n| | x |`, ['osm:  unsupported-sheet']],
  ['two columns of one meaning', survey('type | name | label | relevant | relevance', 'text | a | A | | 1 = 1'), ['survey:1 relevance column-twice']],
  ['a column with a slip', survey('type | name | lable | label', 'text | a | A | A'), ['survey:1 lable near-column']],
  ['a prefix that nobody declared', survey('type | name | label | bind::esri:x', 'text | a | A | 1'), ['survey:1 bind::esri:x undeclared-prefix']],
  ['an attribute that is none', survey('type | name | label | bind::a b', 'text | a | A | 1'), ['survey:1 bind::a b bad-attribute']],
  ['an unknown type', survey(ASK, 'frobnicate | a | A'), ['survey:2 type unknown-type']],
  ['a type with a slip', survey(ASK, 'intger | a | A'), ['survey:2 type near-type']],
  ['an audit', survey(ASK, 'audit | audit |'), ['survey:2 type unsupported-type']],
  ['a row without a type', survey(ASK, '| a | A', 'text | b | B'), ['survey:2 type no-type']],
  ['a row without a name', survey(ASK, 'text | | A'), ['survey:2 name no-name']],
  ['a name with a space, one that XML does not have, and Thai ones', survey(ASK, 'text | my name | A', 'text | m² | A', 'text | 1a | A', 'text | ชื่อเล่น_2 | A', 'text | ที่ตั้ง | A'), ['survey:2 name bad-name', 'survey:3 name bad-name', 'survey:4 name bad-name']],
  ['a name twice', survey(ASK, 'text | a | A', 'text | a | B', 'text | A | C'), ['survey:3 name name-twice', 'survey:4 name name-nearly-twice']],
  ['a name that the form keeps', survey(ASK, 'text | meta | A'), ['survey:2 name reserved-name']],
  ['two repeats of one name', survey(ASK, 'begin group | g | G', 'begin repeat | r | R', 'text | a | A', 'end repeat', 'end group', 'begin repeat | r | R', 'text | b | B', 'end repeat'), ['survey:7 name repeat-twice']],
  ['an end too many', survey(ASK, 'text | a | A', 'end group'), ['survey:3 type unmatched-end']],
  ['a begin too many', survey(ASK, 'begin group | g | G', 'text | a | A'), ['survey:2 type unmatched-begin']],
  ['an end of another kind', survey(ASK, 'begin group | g | G', 'text | a | A', 'end repeat'), ['survey:4 type wrong-end']],
  ['a loop over nothing', survey(ASK, 'begin loop | g |', 'text | a | A', 'end loop'), ['survey:2 type loop-without-list', 'survey:2 name empty-group']],
  ['a question without a text', survey(ASK, 'text | a |'), ['survey:2 label missing-label']],
  ['a calculation that is not there', survey(ASK, 'calculate | a |'), ['survey:2 calculation missing-calculation']],
  ['an unknown list', `${survey(ASK, 'select_one yesnoo | a | A')}\n${YESNO}`, ['survey:2 type unknown-list']],
  ['no choices at all', survey(ASK, 'select_one yesno | a | A'), ['survey:2 type no-choices']],
  ['a select of nothing', survey(ASK, 'select_one | a | A'), ['survey:2 type select-without-list']],
  ['a file of another kind', survey(ASK, 'select_one_from_file a.xlsx | a | A'), ['survey:2 type bad-file']],
  ['choices without list or value', `${survey(ASK, 'select_one s | a | A')}\n| choices |\n| | list_name | name | label |\n| | s | 1 | A |\n| | | 2 | B |\n| | s | | C |\n| | s | 4 | |`, ['choices:3 list_name choice-without-list', 'choices:4 name choice-without-name', 'choices:5 label choice-without-label']],
  ['a choice twice, and one with a space', `${survey(ASK, 'select_multiple s | a | A')}\n| choices |\n| | list_name | name | label |\n| | s | 1 | A |\n| | s | 1 | B |\n| | s | c d | C |`, ['choices:3 name choice-twice', 'choices:4 name choice-with-space']],
  ['choices without their columns', `${survey(ASK, 'text | a | A')}\n| choices |\n| | list | label |\n| | s | A |`, ['choices:1 list_name missing-column', 'choices:1 name missing-column']],
  ['or_other with a filter', `${survey('type | name | label | choice_filter', 'select_one yesno or_other | a | A | x = 1')}\n${YESNO}`, ['survey:2 choice_filter other-with-filter']],
  ['the appearance search()', `${survey('type | name | label | appearance', "select_one yesno | a | A | search('a')")}\n${YESNO}`, ['survey:2 appearance unsupported-appearance']],
  ['parameters', survey('type | name | label | parameters', 'image | a | A | max-pixels=big', 'text | b | B | rows', 'range | c | C | step=0', 'range | d | D | tick_interval=2', 'geopoint | e | E | colour=red'),
    ['survey:2 parameters bad-parameter', 'survey:3 parameters unreadable-parameters', 'survey:4 parameters bad-range', 'survey:5 parameters unsupported-parameter', 'survey:6 parameters unknown-parameter']],
  ['names that nobody has', survey('type | name | label | relevant', 'text | province | A |', 'text | b | B ${nobody} | ${provnce} = 1'), ['survey:3 label unknown-reference', 'survey:3 relevant near-reference']],
  ['references in texts that cannot be read', `${survey(ASK, 'text | a | A ${', 'text | b | B ${}', 'select_one s | c | C')}\n| choices |\n| | list_name | name | label |\n| | s | 1 | ${'${a'} |`, ['survey:2 label bad-reference', 'survey:3 label bad-reference', 'choices:2 label bad-reference']],
  ['a name that two have', survey('type | name | label | relevant', 'begin group | g | G |', 'text | a | A |', 'end group', 'text | a | A |', 'text | b | B | ${a} = 1'), ['survey:6 relevant ambiguous-reference']],
  ['expressions', survey('type | name | label | relevant', 'text | a | A | (1 = 1', "text | b | B | ${a} = 'x", 'text | c | C | ${a} b', 'text | d | D | selectd(${a}, 1)', 'text | e | E | ${a = 1', 'text | f | F | ${a} >', 'text | g | G | (1 = 1]'),
    ['survey:2 relevant unbalanced', 'survey:3 relevant open-quote', 'survey:4 relevant bad-expression', 'survey:5 relevant unknown-function', 'survey:6 relevant bad-reference', 'survey:7 relevant bad-expression', 'survey:8 relevant unbalanced']],
  ['a look-up in nothing', survey('type | name | label | calculation', "calculate | a | | instance('trees')/root/item[name = 1]/h"), ['survey:2 calculation unknown-instance']],
  ['a circle', survey('type | name | label | calculation | relevant', 'calculate | a | | ${b} + 1 |', 'calculate | b | | ${c} |', 'calculate | c | | 1 | ${a} > 1'), ['survey:2  circular']],
  ['a group that hides what it waits for', survey('type | name | label | relevant', 'begin group | g | G | ${a} = 1', 'text | a | A |', 'end group'), ['survey:3  circular']],
  ['triggers', survey('type | name | label | trigger | calculation', 'calculate | a | | | 1', 'text | b | B | ${a} | 1', 'text | c | C | now | 1'), ['survey:3 trigger hidden-trigger', 'survey:4 trigger bad-trigger']],
  ['one name for two files', `${survey(ASK, 'select_one_from_file a.csv | x | X', 'select_one_from_file a.xml | y | Y')}`, ['survey:3 type file-twice']],
  ['save_to without a list of things', survey('type | name | label | save_to', 'text | a | A | height'), ['survey:2 save_to save-without-entity']],
  ['settings', `${survey(ASK, 'text | a | A')}\n| settings |\n| | form_id | version | public_key | auto_send | namespaces | flat | submission_url |\n| | my form | v 1 | abc | maybe | xmlx="u" | yes | here |`,
    ['settings:2 public_key encrypted', 'settings:2 flat unsupported-column', 'settings:2 auto_send bad-setting', 'settings:2 submission_url bad-setting', 'settings:2 form_id bad-form-id', 'settings:2 namespaces bad-namespace', 'settings:2 version bad-version']],
  ['things: the list, the id, the label', `${survey('type | name | label | save_to', 'begin repeat | r | R |', 'text | a | A | name', 'end repeat')}\n| entities |\n| | list_name | update_if | repeat |\n| | my.trees | 1 = 1 | \${r} |`,
    ['survey:3 save_to save-in-repeat', 'survey:3 save_to bad-property', 'entities:2 repeat unsupported-column', 'entities:2 list_name bad-entity-list', 'entities:2 entity_id entity-needs-id']],
  ['things without a label', `${survey(ASK, 'text | a | A')}\n| entities |\n| | list_name |\n| | trees |\n| | trees |`, ['entities:2 label entity-needs-label', 'entities:3  many-rows']],
]

test.each(WRONG)('%s', async (_, markdown, expected) => {
  expect((await toldOf(markdown)).sort()).toEqual([...expected].sort())
})

test('all that is wrong is told in one run, by sheet and row, errors first', async () => {
  const told = await toldOf(`${survey('type | name | label | relevant', 'intger | a b | A | ${x} = (1', 'select_one gone | b | | not(', 'begin group | g | G |')}\n${YESNO}| | yesno | yes | Yes |`)
  expect(told).toEqual([
    'survey:2 type near-type', 'survey:2 name bad-name', 'survey:2 relevant unbalanced', 'survey:2 relevant unknown-reference', 'survey:3 label missing-label', 'survey:3 type unknown-list',
    'survey:3 relevant unbalanced', 'survey:4 type unmatched-begin', 'choices:3 name choice-twice',
  ])
})

test('a column may be called as parts of every object are', async () => {
  const { xform } = await convertMarkdown(`${survey(ASK, 'select_one s | toString | A')}\n| choices |\n| | list_name | name | label | __proto__ | constructor |\n| | s | 1 | A | x | y |\n${SETTINGS}`)
  expect(xform).toContain('<constructor>y</constructor>')
  expect(Object.hasOwn(Object.prototype, '')).toBe(false)
})

test('every sentence says in both languages what is wrong, and the English one ends', () => {
  const details = { name: 'n', value: 'v', near: 'x', other: 'o', expected: { th: 'ก', en: 'k' }, allowed: 'a', row: 1, first: 1, limit: 1, list: 'l', file: 'f' }
  for (const [code, { say }] of Object.entries(formProblems)) {
    expect((say.th as (d: object) => string)(details), code).toMatch(/[\u0e00-\u0e7f]/)
    expect((say.en as (d: object) => string)(details), code).toMatch(/^[^\u0e00-\u0e7f]+(::ไทย \(th\))?[.?]$/)
  }
})

test('the manual names every fault, and none that is no more', () => {
  const manual = readFileSync(new URL('../../docs/xlsform.md', import.meta.url), 'utf8'), listed = manual.slice(manual.indexOf('## All that can be told'))
  const named = [...listed.matchAll(/`([a-z]+(?:-[a-z]+)*)`/g)].map(match => match[1] as string)
  const codes = Object.keys(formProblems).map(code => code.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`))
  expect(named.sort()).toEqual(codes.sort())
})
