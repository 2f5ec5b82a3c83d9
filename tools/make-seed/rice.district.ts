import { noteFault } from './fault.ts'
import { cell, readRows, type Row } from './source.ts'

export const RICE_FILE = 'resources/rice_by_district_2554_2558.csv'

/** Misspelt names in the rice tables, each with the one district of its province that it can mean; read by eye. */
const SPELLING: Record<string, string> = {
  '15 โพธ์ทอง': 'โพธิ์ทอง', '22 นายายอวม': 'นายายอาม', '23 กิ่งเกาะกูด': 'เกาะกูด', '23 กิ่งเกาะช้าง': 'เกาะช้าง',
  '24 ราชสาสน์': 'ราชสาส์น', '25 ศรีมหาโพธิ์': 'ศรีมหาโพธิ', '30 หนองบุนนาก': 'หนองบุญมาก', '30 หนองบุนมาก': 'หนองบุญมาก',
  '31 แดนดง': 'แคนดง', '33 กันทรลักษณ์': 'กันทรลักษ์', '34 สิรินทร': 'สิรินธร', '34 เหล่าเสือโก้': 'เหล่าเสือโก้ก',
  '36 จตุรัส': 'จัตุรัส', '36 เทพสถิตย์': 'เทพสถิต', '38 เมือง': 'เมืองบึงกาฬ', '39 เมือง': 'เมืองหนองบัวลำภู',
  '41 ประจักศิลปคม': 'ประจักษ์ศิลปาคม', '62 ทรายวัฒนา': 'ทรายทองวัฒนา', '64 กงไกรลาส': 'กงไกรลาศ', '64 คิรีมาศ': 'คีรีมาศ',
  '83 กระทู้': 'กะทู้', '84 เกาะพงัน': 'เกาะพะงัน', '93 ปากพยูน': 'ปากพะยูน', '93 ป่าพยอม': 'ป่าพะยอม', '96 สุไหงโกลก': 'สุไหงโก-ลก',
}

/** The code of a row that came without one; null for a row without a name. */
export function districtNamed(row: Row): string | null {
  const name = `${cell(row, 'province_code')} ${cell(row, 'district_th_raw')}`
  const year = cell(row, 'year_be')
  if (!cell(row, 'district_th_raw')) return refuse(`${year}: a row of province ${name.trim()} has neither code nor name nor numbers; left out.`)
  const found = readRows('gazetteer/districts.csv').filter(d => cell(d, 'province_code') === cell(row, 'province_code') && cell(d, 'name_th') === SPELLING[name])
  if (found.length !== 1) return refuse(`${year}: “${name}” has no code and fits no single district; left out.`)
  noteFault(RICE_FILE, `${year}: “${name}” has no code; read as ${cell(found[0]!, 'code')} ${SPELLING[name]}.`)
  return cell(found[0]!, 'code')
}

function refuse(fault: string): null {
  noteFault(RICE_FILE, fault)
  return null
}
