import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { keysOf } from '../../domain/dataset/rules.ts'
import { convertForm } from '../form/convert.ts'
import { readWorkbook } from '../form/read-workbook.ts'
import { readXForm } from '../form/read-xform.ts'
import { suggestMapping } from './suggest.ts'

const column = (name: string, index: number, samples: string[] = []) => ({ index, name, samples })
async function questionsOf(id: string) {
  const { xform } = convertForm(await readWorkbook('form.md', readFileSync(new URL(`../../seed/dataset/${id}/form.md`, import.meta.url))), { name: id })
  return keysOf(readXForm(xform as string))[0]!.questions.filter(question => question.asked)
}
const goals = (columns: ReturnType<typeof column>[], questions: Awaited<ReturnType<typeof questionsOf>>) => {
  const { mapping } = suggestMapping(columns, questions)
  return Object.fromEntries(mapping.columns.map(({ column, target, field }) => [columns[column]?.name, field ?? target]))
}

test('the columns of a dirty OTOP file find the place, the position and the title of a product', async () => {
  const columns = [['id', '1'], ['product_name_th', 'เค้กกระบี่'], ['local_authority_th', 'เทศบาลเมืองกระบี่'], ['district_th', 'เมืองกระบี่'], ['province_th', 'กระบี่'], ['province_code', '81'], ['district_code', '8101'], ['subdistrict_code_parsed', '810101'], ['lat_raw', '8.06'], ['lon_raw', '98.91']]
  expect(goals(columns.map(([name, sample], i) => column(name as string, i, [sample as string])), await questionsOf('otop-product')))
    .toEqual({ product_name_th: 'title', local_authority_th: 'tambon', district_th: 'district', province_th: 'province', subdistrict_code_parsed: 'place-code', lat_raw: 'lat', lon_raw: 'lon' })
})

test('usual names of farmers’ tables are understood, and each field goes to one column', async () => {
  const columns = ['คำนำหน้า', 'ชื่อ', 'นามสกุล', 'เพศ', 'โทรศัพท์', 'หมู่ที่', 'ตำบล', 'อำเภอ/เขต', 'จังหวัด', 'หมายเหตุ', 'ชื่อ'].map((name, i) => column(name, i))
  expect(suggestMapping(columns, await questionsOf('farmer')).mapping.columns.map(({ column, target, field }) => `${column} ${field ?? target}`))
    .toEqual(['0 prefix', '1 first_name', '2 last_name', '3 sex', '4 phone', '5 village', '6 tambon', '7 district', '8 province'])
})

test('what a column holds counts: degrees of Thailand are a position by themselves, words are no number, and the order of dates is seen', async () => {
  const questions = await questionsOf('farmer')
  expect(goals([column('c1', 0, ['19.5612', '19.4411']), column('c2', 1, ['98.2112', '98.1233'])], questions)).toEqual({ c1: 'lat', c2: 'lon' })
  expect(goals([column('แรงงานในครัวเรือนที่ทำเกษตร', 0, ['มาก', 'น้อย'])], questions)).toEqual({})
  expect(goals([column('รหัสตำบล', 0, ['ถ้ำลอด'])], questions)).toEqual({})
  const { mapping } = suggestMapping([column('วันที่เก็บข้อมูล', 0, ['01/25/2024', '02/03/2024'])], questions)
  expect(mapping.columns[0]).toMatchObject({ field: 'visit_date', reading: { order: 'mdy' } })
})

test('one column that says several things feeds the fields of each: rai, ngan and square wa, or title, name and family name; a column of names alone is a name', async () => {
  const went = async (id: string, ...columns: [string, string[]][]) => suggestMapping(columns.map(([name, samples], i) => column(name, i, samples)), await questionsOf(id)).mapping.columns.map(({ column, field, reading }) => `${column} ${field} ${reading.part ?? 'whole'}`)
  const three = ['0 work_land_rai rai', '0 work_land_ngan ngan', '0 work_land_wa2 wa2'].map(said => said.replace('work_land_', ''))
  expect(await went('household', ['เนื้อที่', ['3-2-50', '๑๒-๐-๒๕']])).toEqual(three)
  expect(await went('household', ['เนื้อที่ทำกิน', ['๓ ไร่ ๒ งาน ๕๐ วา', '5 ไร่ 1 งาน']])).toEqual(three)
  expect(await went('household', ['เนื้อที่ (ไร่-งาน-วา)', []])).toEqual(three)
  expect(await went('household', ['ไร่', ['3', '12']], ['งาน', ['2', '0']])).toEqual(['0 rai whole', '1 ngan whole'])
  const person = ['0 prefix prefix', '0 first_name given', '0 last_name family']
  expect(await went('farmer', ['ชื่อ-สกุล', ['นายสมชาย ใจดี', 'น.ส.สมหญิง ใจงาม']])).toEqual(person)
  expect(await went('farmer', ['ชื่อ', ['นายสมชาย ใจดี', 'สมหญิง ใจงาม']])).toEqual(person)
  expect(await went('farmer', ['ชื่อ', ['สมชาย', 'สมหญิง']], ['นามสกุล', ['ใจดี', 'ใจงาม']])).toEqual(['0 first_name whole', '1 last_name whole'])
})

test('a latitude and longitude in one cell are the point of the form, by name or by what they look like', async () => {
  const questions = await questionsOf('otop-product')
  expect(goals([column('c', 0, ['19.5658, 98.2774', '19.53, 98.24'])], questions)).toEqual({ c: 'position' })
  expect(goals([column('พิกัด', 0)], questions)).toEqual({ พิกัด: 'position' })
  expect(goals([column('c', 0, ['1, 2', '3, 4'])], questions)).toEqual({})
})
