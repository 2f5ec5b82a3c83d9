import type { AreaRow } from './area.ts'
import { pcode } from './area.ts'
import type { ChangeRow, Part } from './change.ts'
import { cell, readRows } from './source.ts'

const NONG_KHAI = 'TH43'
const BUENG_KAN = 'TH38'
const CREATED = '2011-01-01'
const when = { day: CREATED, precision: 'year', source: 'census-2010' } as const

/** Eight districts of Nong Khai became the province Bueng Kan in B.E. 2554; their codes changed with it. */
export function buengKan(current: readonly AreaRow[]): Part {
  const today = new Set(current.map(area => area.code))
  const left = readRows('population/census_2010.csv')
    .map(row => ({ code: pcode(cell(row, 'code')), name_th: cell(row, 'name_th'), name_en: cell(row, 'name_en') }))
    .filter(district => district.code.startsWith(NONG_KHAI) && !today.has(district.code))
  const province = current.find(area => area.code === BUENG_KAN)!
  return {
    retired: left.map(district => ({ ...district, level: 'district', type: 'amphoe', has_shape: '1' })),
    changes: [
      {
        ...when, kind: 'created', successor: BUENG_KAN, name_after_th: province.name_th, name_after_en: province.name_en,
        note_th: 'แยกแปดอำเภอออกจากจังหวัดหนองคายเมื่อ พ.ศ. 2554', note_en: 'Eight districts of Nong Khai became this province in 2011.',
      },
      ...left.map(district => moved(district, successorOf(district.name_th, current))),
    ],
  }
}

/** By name within the new province; the district of the provincial town took เมือง before its name. */
function successorOf(name: string, current: readonly AreaRow[]): AreaRow {
  const found = current.filter(area => area.level === 'district' && area.code.startsWith(BUENG_KAN) && [name, `เมือง${name}`].includes(area.name_th))
  if (found.length !== 1) throw new Error(`No single successor of ${name}`)
  return found[0]!
}

function moved(before: Pick<AreaRow, 'code' | 'name_th' | 'name_en'>, after: AreaRow): Partial<ChangeRow> {
  return {
    ...when, kind: 'moved', predecessor: before.code, successor: after.code,
    name_before_th: before.name_th, name_before_en: before.name_en, name_after_th: after.name_th, name_after_en: after.name_en,
    note_th: 'ย้ายจากจังหวัดหนองคายไปจังหวัดบึงกาฬ รหัสเปลี่ยนตามจังหวัดใหม่', note_en: 'From Nong Khai to the new province Bueng Kan; the code changed with the province.',
  }
}
