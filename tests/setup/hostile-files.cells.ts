import { csvOf, file, withCell, type HostileFile } from './hostile-files.table.ts'

const FAULTY: Record<string, string[]> = {
  national_id: ['1.10170E+12', '1.1017E+12', '1,10170E+12', '110170023070', '11017002307081', '=1101700230708', 'ไม่บอก', '1101700230707'],
  rai: ['12,5', '1.234,56', '5 ไร่ 6 งาน', '3 กก.', '10-20', 'ประมาณ 5', '#REF!', '#DIV/0!', '=1+1', 'NaN', 'Infinity', '1e999', '--5', '-', '99999999999999999999', '5 ไร่ 2', '0x10', '๕ไร่ครึ่ง', '1-7-0'],
  visited: ['00/01/2567', '00/00/2567', '31/02/2567', '29/02/2566', '1/13/2567', '45000 วัน', '5/1', '2567', '32/1/2567', '5 มกรา 2567', '1/1/2250', '9999-99-99', '5//2567', '1/2/2480'],
  phone: ['812345678', '53123456', '8.12E+08'],
}
const GOOD: Record<string, string[]> = {
  national_id: ['1-1017-00230-70-8', '๑๑๐๑๗๐๐๒๓๐๗๐๘', ' 1101700230708 '],
  rai: ['๕', '5 ไร่', '5-2-30', '1,200.50', '8,000 ตร.ม.', '  7 ', '5 ไร่ 2 งาน 30 ตารางวา', '1 เฮกตาร์', '.5', '+5', '1e3', '0'],
  visited: ['๕/๑/๒๕๖๗', '5 มกราคม พ.ศ. 2567', '5 ม.ค. 67', '5/1/67', '2567-01-05', '20240105', '5 Jan 2024', '2024-01-05T00:00:00', 'วันศุกร์ที่ 5 มกราคม 2567', '29/2/2567'],
  phone: ['081-234-5678', '๐๘๑๒๓๔๕๖๗๘'],
}

/** One doubtful cell in a right table. */
export function* hostileCells(): Iterable<HostileFile> {
  for (const [cells, expect] of [[FAULTY, 'faulty'], [GOOD, 'good']] as const) {
    for (const [column, written] of Object.entries(cells)) for (const [i, cell] of written.entries()) yield file(`${column}-${expect}-${i}.csv`, csvOf(withCell(1, column, cell)), expect)
  }
}
