import { beforeAll, expect, test } from 'vitest'
import { convertForm } from '../../engine/form/convert.ts'
import { readWorkbook } from '../../engine/form/read-workbook.ts'
import { loadEngine } from '../../server/base/xforms-engine.ts'
import { openForm } from './engine.ts'
import type { Group, Question, Repeat, Shown } from './shown.ts'

/** The engine looks for its window when it is loaded. */
beforeAll(async () => { await loadEngine() })

const FARM = `
| survey |
| | type | name | label::ไทย (th) | label::English (en) | appearance | required | relevant | constraint | constraint_message::ไทย (th) | constraint_message::English (en) |
| | begin_group | start | เริ่ม | Start | field-list | | | | | |
| | select_one_from_file villages.csv | village | หมู่บ้าน | Village | minimal autocomplete | yes | | | | |
| | date | visit_date | วันที่ | Day | | | | . <= today() | ยังไม่ถึงวันนั้น | That day is to come |
| | select_one yes_no | consent | ยินยอมหรือไม่ | Do you agree? | | yes | | | | |
| | end_group | | | | | | | | | |
| | begin_repeat | plot | แปลง | Plot | | | \${consent} = 'yes' | | | |
| | text | plot_name | ชื่อแปลง | Its name | | | | | | |
| | geopoint | position | ตำแหน่ง | Position | | | | | | |
| | end_repeat | | | | | | | | | |
| choices |
| | list_name | name | label::ไทย (th) | label::English (en) |
| | yes_no | yes | ใช่ | Yes |
| | yes_no | no | ไม่ | No |
`
const VILLAGES = { 'villages.csv': 'name,label\nTH58070301,บ้านถ้ำลอด\nTH58070302,บ้านวนาหลวง\n' }

const openText = async (text: string, files = {}) => openForm(convertForm(await readWorkbook('form.md', new TextEncoder().encode(text)), { name: 'form' }).xform ?? '', files)
const openFarm = () => openText(FARM, VILLAGES)

const all = (shown: readonly Shown[]): Shown[] => shown.flatMap(each => [each, ...all(each.kind === 'group' ? each.children : each.kind === 'repeat' ? each.rows : [])])
const named = <T extends Shown>(shown: readonly Shown[], name: string) => all(shown).find(each => each.path.endsWith(`/${name}`)) as T | undefined

test('a form opens in Thai, on its first screen the villages of a file', async () => {
  const form = await openFarm()
  expect([form.languages, form.language()]).toEqual([['ไทย (th)', 'English (en)'], 'ไทย (th)'])
  const [start] = form.list() as Group[]
  expect([start?.label, start?.isScreen, start?.children.map(each => (each as Question).control)]).toEqual(['เริ่ม', true, ['one', 'date', 'one']])
  expect(named<Question>(form.list(), 'village')?.options()).toEqual([{ value: 'TH58070301', label: 'บ้านถ้ำลอด' }, { value: 'TH58070302', label: 'บ้านวนาหลวง' }])
  form.setLanguage('English (en)')
  expect(named<Question>(form.list(), 'village')?.label).toBe('Village')
})

test('who does not consent is asked nothing more; who does is, and a day to come is refused in the form’s words', async () => {
  const form = await openFarm(), consent = () => named<Question>(form.list(), 'consent')?.id ?? ''
  expect(named(form.list(), 'plot')).toBeUndefined()
  form.answer(consent(), 'yes')
  expect(named<Repeat>(form.list(), 'plot')?.label).toBe('แปลง')
  form.answer(named<Question>(form.list(), 'visit_date')?.id ?? '', '2400-01-01')
  expect(named<Question>(form.list(), 'visit_date')).toMatchObject({ value: '2400-01-01', fault: 'ยังไม่ถึงวันนั้น' })
  expect(form.validate()).toContain(named<Question>(form.list(), 'visit_date')?.id)
  form.answer(consent(), 'no')
  expect(named(form.list(), 'plot')).toBeUndefined()
})

test('plots are added and taken away, each with its own answers', async () => {
  const form = await openFarm(), plot = () => named<Repeat>(form.list(), 'plot') as Repeat
  form.answer(named<Question>(form.list(), 'consent')?.id ?? '', 'yes')
  form.addRow(plot().id)
  expect(plot().rows.length).toBe(2)
  const [first, second] = plot().rows.map(row => named<Question>(row.children, 'plot_name') as Question)
  form.answer(second?.id ?? '', 'สวน')
  expect(plot().rows.map(row => named<Question>(row.children, 'plot_name')?.value)).toEqual(['', 'สวน'])
  form.answer(named<Question>(plot().rows[1]?.children ?? [], 'position')?.id ?? '', '19.5 98.25 0 7')
  expect(named<Question>(plot().rows[1]?.children ?? [], 'position')).toMatchObject({ control: 'point', value: '19.5 98.25 0.0 7.0' })
  form.removeRow(plot().id, 0)
  expect(plot().rows.map(row => named<Question>(row.children, 'plot_name')?.id)).toEqual([second?.id])
  expect(first?.path).toBe('/data/plot/plot_name')
})

test('what was answered leaves as an XForm’s instance, with the photograph', async () => {
  const form = await openText('| survey |\n| | type | name | label |\n| | select_multiple f | fruit | ผลไม้ |\n| | image | photo | ภาพ |\n| | range | grade | เกรด |\n| | acknowledge | seen | เห็นแล้ว |\n| choices |\n| | list_name | name | label |\n| | f | a | ก |\n| | f | b | ข |\n')
  const [fruit, photo, grade, seen] = form.list() as Question[]
  expect([fruit, photo, grade, seen].map(each => each?.control)).toEqual(['many', 'file', 'range', 'tick'])
  expect(grade?.bounds).toEqual({ min: 1, max: 10, step: 1 })
  form.answer(fruit?.id ?? '', 'a b')
  form.answer(photo?.id ?? '', new File(['x'], 'mango.jpg', { type: 'image/jpeg' }))
  form.answer(grade?.id ?? '', '7')
  form.answer(seen?.id ?? '', 'OK')
  const { xml, files } = await form.handOver()
  expect(xml).toMatch(/<fruit>a b<\/fruit><photo>mango\.jpg<\/photo><grade>7<\/grade><seen>OK<\/seen>/)
  expect(files.map(({ type }) => type)).toEqual(['image/jpeg'])
  expect(form.validate()).toEqual([])
})

const PHOTOS = '| survey |\n| | type | name | label |\n| | text | who | ใคร |\n| | begin_repeat | part | ส่วน |\n| | image | photo | ภาพ |\n| | end_repeat |\n'

test('a draft that is opened again still has every photograph, and says which is gone', async () => {
  const form = await openText(PHOTOS), part = () => form.list()[1] as Repeat
  form.addRow(part().id)
  part().rows.forEach((row, i) => form.answer((row.children[0] as Question).id, new File([`picture ${i}`], `p${i}.jpg`, { type: 'image/jpeg' })))
  const saved = await form.handOver(), xform = convertForm(await readWorkbook('form.md', new TextEncoder().encode(PHOTOS)), { name: 'form' }).xform ?? ''
  expect([saved.xml, saved.missing]).toEqual([form.save(), []])
  const again = await openForm(xform, {}, saved)
  again.answer(again.list()[0]!.id, 'มะลิ')
  const later = await again.handOver()
  expect(await Promise.all(later.files.map(async file => [file.name, await file.text()]))).toEqual([['p0.jpg', 'picture 0'], ['p1.jpg', 'picture 1']])
  expect(later.xml).toBe(saved.xml.replace('<who/>', '<who>มะลิ</who>'))
  const poorer = await openForm(xform, {}, { xml: saved.xml, files: saved.files.slice(1) })
  expect(await poorer.handOver()).toMatchObject({ xml: saved.xml, files: [{ name: 'p1.jpg' }], missing: ['p0.jpg'] })
})

test('a form that is none is refused', async () => {
  await expect(openForm('<form/>', {})).rejects.toThrow()
})
