import { writeXlsx } from 'hucre/xlsx'

type Line = [number: string, asked: string, answer: string | number | null, unit: string]
/** What a tambon's office says of itself, as it keeps it; all of it is invented. */
const LINES: Line[] = [
  ['', 'ตอนที่ ๑ ประชากร', null, ''], ['๑', 'ชาย', '๒,๓๑๐', 'คน'], ['๒', 'หญิง', '๒,๒๑๑', 'คน'], ['๓', 'จำนวนครัวเรือนทั้งหมด', '๑,๓๕๕', 'ครัวเรือน'],
  ['', 'ตอนที่ ๒ กลุ่มที่ต้องดูแล', null, ''], ['๔', 'ผู้สูงอายุ ๖๐ ปีขึ้นไป', '๖๑๒ คน', 'คน'], ['๕', 'เด็กแรกเกิดถึง ๖ ปี', 388, 'คน'], ['๖', 'ผู้พิการ', '๙๗', 'คน'],
  ['', 'ตอนที่ ๓ สถานที่', null, ''], ['๗', 'ศูนย์พัฒนาเด็กเล็ก', '๔', 'แห่ง'], ['๘', 'โรงเรียน', '๕', 'แห่ง'], ['๙', 'วัด', '๖', 'แห่ง'], ['๑๐', 'โบสถ์คริสต์', 2, 'แห่ง'], ['๑๑', 'รพ.สต.', '๒', 'แห่ง'], ['๑๒', 'ธนาคาร', '-', 'แห่ง'],
  ['๑๓', 'ประปาหมู่บ้าน', '๑๑', 'แห่ง'], ['๑๔', 'ป่าชุมชน', '๗', 'แห่ง'], ['๑๕', 'กองทุนสวัสดิการชุมชน', '๑', 'กองทุน'], ['๑๖', 'วิสาหกิจชุมชน', '๙', 'กลุ่ม'],
]

/** The profile of a tambon in the layout that clerks use: titles, merged headings, Thai digits, what is asked on the left and the answer beside it. */
export function profileBook(year = '๒๕๖๗'): Promise<Uint8Array> {
  const rows = [
    ['ข้อมูลพื้นฐานตำบลถ้ำลอด (ตัวอย่าง)', null, null, null], ['องค์การบริหารส่วนตำบลถ้ำลอด อำเภอปางมะผ้า จังหวัดแม่ฮ่องสอน', null, null, null], [null, null, null, null],
    ['ที่', 'รายการ', 'จำนวน', 'หน่วย'], ['', 'ข้อมูลของปี (พ.ศ.)', year, ''], ...LINES,
  ]
  const across = (row: number) => ({ startRow: row, startCol: 0, endRow: row, endCol: 3 })
  return writeXlsx({ sheets: [{ name: 'ข้อมูลพื้นฐาน', rows, merges: [across(0), across(1)] }] })
}
