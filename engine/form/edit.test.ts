import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addChoice, changeType, choicesOf, moveChoice, removeChoice, renameChoice, usersOf } from './edit.choices.ts'
import { headerToWrite, meaningOf, sheetNamed } from './edit.columns.ts'
import { moveQuestion } from './edit.move.ts'
import { findNode, flatten, outlineOf, type EditNode } from './edit.outline.ts'
import { parseRange, parseRule, writeRange, writeRule, type Operator } from './edit.rule.ts'
import { isOldStyle, settingOf, suggestVersion, withIdentity, withNamespace, writeSetting } from './edit.settings.ts'
import { addQuestion, insertRows, mentionsOf, readCell, removeQuestion, removeRows, renameQuestion, writeCell } from './edit.ts'
import { readWorkbook } from './read-workbook.ts'
import type { Workbook } from './workbook.ts'

const read = (text: string) => readWorkbook('form.md', new TextEncoder().encode(text))
const form = await read(`
| survey |
| | type | name | label::Thai (th) | relevance | wind |
| | select_one crop | crop | ปลูกอะไร | | w1 |
| | integer | rai | กี่ไร่ | \${crop} = 'rice' or selected(\${crop}, "rice") | |
| | begin group | home | บ้าน | | w2 |
| | note | hello | \${rai} ไร่ | | |
| | begin repeat | child | ลูก | | |
| | text | nick | ชื่อเล่น | | |
| | end repeat | | | | |
| | end group | | | | |
| | select_one_from_file villages.csv | village | หมู่บ้าน | | |
| choices |
| | list_name | name | label::Thai (th) | height |
| | crop | rice | ข้าว | 1 |
| | other | rice | อื่น | 2 |
| | crop | maize | ข้าวโพด | 3 |
`)
const names = (nodes: readonly EditNode[] | null): unknown => nodes?.map(({ name, children }) => children.length > 0 ? [name, names(children)] : name)
const rowOf = (workbook: Workbook, name: string) => flatten(outlineOf(workbook) ?? []).find(node => node.name === name)?.row ?? 0
const moved = (name: string, way: 'up' | 'down', workbook = form) => moveQuestion(workbook, rowOf(workbook, name), way)?.workbook ?? null

test('columns are known by every name that authors give them', () => {
  expect(meaningOf('survey', 'label::Thai (th)')).toEqual({ key: 'label', language: 'Thai (th)' })
  expect(meaningOf('survey', 'media::image::English (en)')).toEqual({ key: 'media::image', language: 'English (en)' })
  expect(meaningOf('survey', 'bind::relevant')).toEqual(meaningOf('survey', 'Relevance'))
  const survey = sheetNamed(form, 'survey')
  expect(survey && [headerToWrite(survey, 'relevant'), headerToWrite(survey, 'hint', 'th'), headerToWrite(survey, 'label', 'en')]).toEqual(['relevance', 'hint::Thai (th)', 'label::English (en)'])
})

test('the outline nests groups and repeats, and knows what it can change', () => {
  expect(names(outlineOf(form))).toEqual(['crop', 'rai', ['home', ['hello', ['child', ['nick']]]], 'village'])
  expect(flatten(outlineOf(form) ?? []).map(({ type }) => type)).toEqual(['select_one', 'integer', null, 'note', null, 'text', null])
  expect(outlineOf(removeRows(form, 'survey', 9)), 'a group without its end').toBeNull()
  expect(outlineOf({ sheets: [] })).toEqual([])
})

describe('what is not spoken of stays', () => {
  test('a text is written where it belongs, and taken away again', () => {
    const cell = { sheet: 'survey', row: 3, column: 'hint', lang: 'th' as const }
    const written = writeCell(form, cell, 'นับเอง')
    expect(readCell(written, cell)).toBe('นับเอง')
    expect(writeCell(written, cell, '').sheets[0]?.rows).toEqual(form.sheets[0]?.rows)
    expect(writeCell(form, { ...cell, column: 'label' }, 'กี่ไร่')).toEqual(form)
  })
  test('rows that are put in and taken out leave the others as they were, gaps too', () => {
    const gap = removeRows(insertRows(form, 'survey', 4, [{}, { type: 'text' }]), 'survey', 5)
    for (const given of [form, gap]) expect(removeRows(insertRows(given, 'survey', 3, [{ type: 'text', name: 'a' }, { type: 'note' }]), 'survey', 4, 5)).toEqual(given)
    const { workbook, row } = addQuestion(form, null, 'begin_repeat')
    expect(names(outlineOf(workbook))).toEqual(['crop', 'rai', ['home', ['hello', ['child', ['nick']]]], 'village', 'group_1'])
    expect(removeQuestion(workbook, row)).toEqual(form)
  })
  test('any walk through the form loses no cell and keeps every group whole', () => {
    const cells = (workbook: Workbook) => workbook.sheets[0]?.rows.map(({ cells }) => JSON.stringify(cells)).sort()
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(), fc.constantFrom('up' as const, 'down' as const)), { maxLength: 30 }), steps => {
      let workbook = form
      for (const [pick, way] of steps) {
        const nodes = flatten(outlineOf(workbook) ?? []), node = nodes[pick % nodes.length] as EditNode
        const step = moveQuestion(workbook, node.row, way)
        if (!step) continue
        expect(findNode(outlineOf(step.workbook) ?? [], step.row)?.node.name, 'the row that is told is where it landed').toBe(node.name)
        workbook = step.workbook
      }
      expect(cells(workbook)).toEqual(cells(form))
      expect(flatten(outlineOf(workbook) ?? []).length).toBe(7)
    }))
  })
})

test('a question steps into a group and out of it; a group steps over others; at the end there is nowhere to go', () => {
  expect(names(outlineOf(moved('rai', 'down') as Workbook))).toEqual(['crop', ['home', ['rai', 'hello', ['child', ['nick']]]], 'village'])
  expect(names(outlineOf(moved('village', 'up') as Workbook))).toEqual(['crop', 'rai', ['home', ['hello', ['child', ['nick']], 'village']]])
  expect(names(outlineOf(moved('hello', 'up') as Workbook))).toEqual(['crop', 'rai', 'hello', ['home', [['child', ['nick']]]], 'village'])
  expect(names(outlineOf(moved('home', 'up') as Workbook))).toEqual(['crop', ['home', ['hello', ['child', ['nick']]]], 'rai', 'village'])
  expect(names(outlineOf(moved('child', 'down') as Workbook))).toEqual(['crop', 'rai', ['home', ['hello']], ['child', ['nick']], 'village'])
  expect([moved('crop', 'up'), moved('village', 'down')]).toEqual([null, null])
})

test('a new name goes into every formula and text that speaks of the question', () => {
  const renamed = renameQuestion(form, rowOf(form, 'crop'), 'plant')
  expect(readCell(renamed, { sheet: 'survey', row: 3, column: 'relevant' })).toBe("${plant} = 'rice' or selected(${plant}, \"rice\")")
  expect(mentionsOf(renamed, 'plant')).toEqual([3])
  expect(mentionsOf(form, 'rai'), 'the note').toEqual([5])
  const twins = writeCell(form, { sheet: 'survey', row: 7, column: 'name' }, 'crop')
  expect(mentionsOf(renameQuestion(twins, 7, 'plant'), 'crop'), 'the other of that name keeps its formulas').toEqual([3])
})

test('choices are added, moved, renamed with the rules that ask for them, and removed, within their list', () => {
  const values = (workbook: Workbook) => choicesOf(workbook, 'crop').map(({ value }) => value)
  expect(values(addChoice(form, 'crop'))).toEqual(['rice', 'maize', 'choice_3'])
  const turned = moveChoice(form, 'crop', 4, 'up')
  expect(values(turned)).toEqual(['maize', 'rice'])
  expect(moveChoice(turned, 'crop', 2, 'up')).toEqual(turned)
  expect(moveChoice(turned, 'crop', 2, 'down')).toEqual(form)
  const renamed = renameChoice(form, 'crop', 2, 'paddy')
  expect(readCell(renamed, { sheet: 'survey', row: 3, column: 'relevant' })).toBe("${crop} = 'paddy' or selected(${crop}, \"paddy\")")
  expect(choicesOf(renamed, 'other').map(({ value }) => value)).toEqual(['rice'])
  expect(values(removeChoice(form, 2))).toEqual(['maize'])
})

test('a question that becomes a choice gets a list of its own, and keeps the list that it has', () => {
  const node = (workbook: Workbook, name: string) => findNode(outlineOf(workbook) ?? [], rowOf(workbook, name))?.node as EditNode
  const asked = changeType(form, node(form, 'nick'), 'select_multiple')
  expect(node(asked, 'nick').written).toBe('select_multiple nick')
  expect(choicesOf(asked, 'nick').map(({ value }) => value)).toEqual(['choice_1'])
  const many = changeType(form, node(form, 'crop'), 'select_multiple')
  expect(usersOf(many, 'crop').map(({ written }) => written)).toEqual(['select_multiple crop'])
  const other = writeCell(form, { sheet: 'survey', row: 7, column: 'name' }, 'other')
  expect(node(changeType(other, node(other, 'other'), 'select_one'), 'other').written, 'a list of that name is another one’s').toBe('select_one other_2')
})

describe('rules', () => {
  const operator = fc.constantFrom<Operator>('is', 'is-not', 'has', 'has-not', 'more', 'at-least', 'less', 'at-most', 'answered', 'not-answered')
  const condition = fc.record({ question: fc.constantFrom('a', 'ชื่อ', 'x-1.b', '.'), operator }).chain(given => {
    const value = /answered/.test(given.operator) ? fc.constant('') : /more|least|less|most/.test(given.operator) ? fc.integer().map(String)
      : fc.constantFrom('yes', 'a and b', "it's", 'or', '7', ')', 'ไม่')
    return value.map(value => ({ ...given, value }))
  })
  test('come back as they were written', () => {
    fc.assert(fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), fc.constantFrom('and' as const, 'or' as const), (conditions, join) => {
      expect(parseRule(writeRule({ join, conditions }))).toEqual({ join: conditions.length > 1 ? join : 'and', conditions })
    }))
  })
  test.each(["${a} = 'x' and ${b} = 'y' or ${c} = 'z'", '${a} + 1 = 2', "(${a} = 'x')", 'count(${a}) > 2', "not(selected(${a}, 'x'", '${a}', ''])('“%s” is left to those who write it by hand', text => {
    expect(parseRule(text)).toBeNull()
  })
  test('an unfinished condition asks nothing', () => {
    expect(writeRule({ join: 'and', conditions: [{ question: 'a', operator: 'more', value: 'ten' }, { question: '', operator: 'is', value: 'x' }] })).toBe('')
  })
  test('a range of numbers', () => {
    expect(parseRange('. >= 0 and .<=100')).toEqual({ least: '0', most: '100' })
    expect([writeRange({ least: '0', most: '' }), writeRange({ least: '', most: '9.5' }), writeRange({ least: '', most: '' })]).toEqual(['. >= 0', '. <= 9.5', ''])
    expect(['. > 0', '. >= 0 or . <= 3', '. >= ${a}', '. >= 0 and . >= 1'].map(parseRange)).toEqual([null, null, null, null])
  })
})

test('a form says who it is, once', () => {
  const named = withIdentity(form, { id: 'farmer', title: 'เกษตรกร' })
  expect(['form_id', 'form_title', 'default_language'].map(column => settingOf(named, column))).toEqual(['farmer', 'เกษตรกร', 'ไทย (th)'])
  expect(withIdentity(named, { id: 'x', title: 'y' })).toEqual(named)
  const asked = writeCell(writeSetting(named, 'namespaces', 'a="b"'), { sheet: 'survey', row: 2, column: 'bind::rakkaeo:role' }, 'title')
  expect(settingOf(withNamespace(asked), 'namespaces')).toBe('a="b" rakkaeo="urn:rakkaeo:xforms"')
  expect(withNamespace(withNamespace(asked))).toEqual(withNamespace(asked))
  expect(withNamespace(form)).toEqual(form)
})

test('the next version is of the day, and later than the last one', () => {
  expect([suggestVersion('2026-11-26', null), suggestVersion('2026-11-26', '2026112601'), suggestVersion('2026-11-26', '2026010199'), suggestVersion('2026-11-26', '2027010101')])
    .toEqual(['2026112601', '2026112602', '2026112601', '20270101011'])
})

test('single colons belong to old spreadsheets, which are not edited here', async () => {
  expect(isOldStyle(form)).toBe(false)
  expect(isOldStyle(await read('| survey |\n| | type | name | label:Thai |\n| | text | a | b |\n'))).toBe(true)
})
