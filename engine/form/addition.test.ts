import { expect, test } from 'vitest'
import { AreaCode } from '../../domain/base/ids.ts'
import { formFaultOf } from '../../domain/dataset/problems.form.ts'
import { faultsOfAddition, mergeAddition } from './addition.ts'
import { readWorkbook } from './read-workbook.ts'
import { writeMarkdown } from './write-workbook.markdown.ts'

const place = { code: AreaCode.parse('TH580703'), name: { th: 'ตำบลถ้ำลอด', en: 'Tham Lot' } }
const read = (text: string) => readWorkbook('form.md', new TextEncoder().encode(text))

const base = await read(`
| survey |
| | type | name | label::ไทย (th) | label::English (en) | relevance | bind::rakkaeo:role |
| | select_one yes_no | agrees | ยินยอมหรือไม่ | Do you agree? | | consent |
| | begin_group | farm | ฟาร์ม | Farm | \${agrees} = 'yes' | |
| | integer | rai | กี่ไร่ | How many rai? | | |
| | end_group | | | | | |
| choices |
| | list_name | name | label::ไทย (th) | label::English (en) |
| | yes_no | yes | ใช่ | Yes |
| | yes_no | no | ไม่ | No |
| settings |
| | form_title | form_id | version | namespaces |
| | เกษตรกร | farmer | 2026112601 | rakkaeo="urn:rakkaeo:xforms" |
`)
const addition = await read(`
| survey |
| | type | name | label::Thai (th) | label::English (en) | relevant | note |
| | select_one coffee | coffee | ปลูกกาแฟพันธุ์ใด | Which coffee? | | |
| | select_one yes_no | shade | ปลูกใต้ร่มไม้ | Under trees? | \${coffee} != '' | instance('coffee')/root/item[name = 'arabica']/label |
| choices |
| | list_name | name | label::Thai (th) |
| | coffee | arabica | อราบิกา |
| settings |
| | version | form_id |
| | 2026120101 | ignored |
`)

test('Tham Lot asks about coffee behind the nation’s questions, only where the nation’s were agreed to', () => {
  expect(writeMarkdown(mergeAddition(base, addition, place))).toBe(writeMarkdown({ sheets: [
    ...base.sheets.map(sheet => sheet.name === 'survey' ? { ...sheet, columns: [...sheet.columns, 'note'], rows: [
      ...sheet.rows,
      { row: 6, cells: { type: 'begin_group', name: 'add_th580703', 'label::ไทย (th)': 'ตำบลถ้ำลอด', 'label::English (en)': 'Tham Lot', relevance: "${agrees} = 'yes'" } },
      { row: 7, cells: { type: 'select_one add_th580703_coffee', name: 'coffee', 'label::ไทย (th)': 'ปลูกกาแฟพันธุ์ใด', 'label::English (en)': 'Which coffee?' } },
      { row: 8, cells: { type: 'select_one yes_no', name: 'shade', 'label::ไทย (th)': 'ปลูกใต้ร่มไม้', 'label::English (en)': 'Under trees?', relevance: "${coffee} != ''", note: "instance('add_th580703_coffee')/root/item[name = 'arabica']/label" } },
      { row: 9, cells: { type: 'end_group' } },
    ] } : sheet.name === 'choices' ? { ...sheet, rows: [...sheet.rows, { row: 5, cells: { list_name: 'add_th580703_coffee', name: 'arabica', 'label::ไทย (th)': 'อราบิกา' } }] }
    : { ...sheet, rows: [{ row: 2, cells: { ...sheet.rows[0]?.cells, version: '2026112601.TH580703.2026120101' } }] }),
  ] }))
})

test('a base without choices takes the place’s lists; nothing of what was given is changed', () => {
  const bare = { sheets: base.sheets.filter(({ name }) => name !== 'choices') }, before = structuredClone([bare, addition])
  const merged = mergeAddition(bare, addition, place)
  expect(merged.sheets.find(({ name }) => name === 'choices')?.rows.map(({ cells }) => cells['list_name'])).toEqual(['add_th580703_coffee'])
  expect([bare, addition]).toEqual(before)
})

test('a place that adds nothing offers the base', () => {
  const nothing = mergeAddition(base, { sheets: [{ name: 'survey', columns: ['type', 'name'], rows: [] }] }, place)
  expect(nothing.sheets.slice(0, 2)).toEqual(base.sheets.slice(0, 2))
})

test('a list that the place writes anew under the base’s name is the place’s own', async () => {
  const own = await read('| survey |\n| | type | name |\n| | select_multiple yes_no | a |\n| choices |\n| | list_name | name |\n| | yes_no | perhaps |\n')
  const merged = mergeAddition(base, own, place)
  expect(merged.sheets.find(({ name }) => name === 'survey')?.rows.at(-2)?.cells['type']).toBe('select_multiple add_th580703_yes_no')
  expect(merged.sheets.find(({ name }) => name === 'choices')?.rows.map(({ cells }) => cells['list_name'])).toEqual(['yes_no', 'yes_no', 'add_th580703_yes_no'])
})

test('a fault in the merged form is told at the row of the addition, one in the base at none of them', () => {
  const at = (row: number, sheet = 'survey') => formFaultOf('noName', { sheet, row, column: 'name' }, {})
  const told = faultsOfAddition(base, [at(7), at(8), at(3), at(5, 'choices'), at(2, 'settings')])
  expect(told.map(({ sheet, row }) => [sheet, row])).toEqual([['survey', 2], ['survey', 3], [null, null], ['choices', 2], ['settings', 2]])
})
