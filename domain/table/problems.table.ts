import type { Text } from '../base/text.ts'
import type { TableFault } from './table.ts'

type Say<D> = { th: (details: D) => string; en: (details: D) => string }
export type TableLine<D> = { weight: TableFault['weight']; say: Say<D> }
export const error = <D>(th: (details: D) => string, en: (details: D) => string): TableLine<D> => ({ weight: 'error', say: { th, en } })
export const warning = <D>(th: (details: D) => string, en: (details: D) => string): TableLine<D> => ({ weight: 'warning', say: { th, en } })

/** Why a file cannot be read as a table, or a row of it: what is wrong, and what to do. */
export const tableProblems = {
  empty: error<{}>(() => 'ไฟล์ว่าง ดาวน์โหลดหรือบันทึกใหม่อีกครั้ง', () => 'The file is empty. Download or save it again.'),
  noRows: error<{}>(() => 'มีแต่หัวตาราง ไม่มีแถวข้อมูล ตรวจว่าเลือกแผ่นงานถูกและส่งออกข้อมูลครบแล้ว', () => 'There is a header and no rows. Check the sheet, and that the export was complete.'),
  oldExcel: error<{}>(() => 'เป็นไฟล์ Excel รุ่นเก่า (.xls) เปิดใน Excel หรือ LibreOffice แล้วสั่ง “บันทึกเป็น” เลือก Excel Workbook (.xlsx)',
    () => 'This is a workbook of old Excel (.xls). Open it in Excel or LibreOffice, choose “Save as” and Excel Workbook (.xlsx).'),
  locked: error<{}>(() => 'ไฟล์มีรหัสผ่าน เปิดแล้วบันทึกใหม่โดยไม่ใส่รหัสผ่าน', () => 'The file is locked with a password. Open it and save it without one.'),
  macro: error<{}>(() => 'ไฟล์มีมาโคร (โปรแกรมที่ฝังอยู่) จึงไม่รับ สั่ง “บันทึกเป็น” เลือก Excel Workbook (.xlsx) ซึ่งไม่มีมาโคร',
    () => 'The workbook carries macros (programs) and is not taken. Choose “Save as” and Excel Workbook (.xlsx), which has none.'),
  otherBook: error<{ found: string }>(d => `เป็นไฟล์ ${d.found} เปิดในโปรแกรมตารางแล้วบันทึกเป็น Excel Workbook (.xlsx) หรือ CSV UTF-8`,
    d => `This is a file of the kind ${d.found}. Open it in a spreadsheet and save it as Excel Workbook (.xlsx) or CSV UTF-8.`),
  archive: error<{ found: string }>(d => `เป็นไฟล์บีบอัด (${d.found}) ไม่ใช่ตาราง แตกไฟล์ก่อน แล้วส่งตารางที่อยู่ข้างใน`, d => `This is an archive (${d.found}), not a table. Unpack it and send the table that is inside.`),
  notTable: error<{ found: string }>(d => `ไม่ใช่ตาราง (${d.found}) ส่งไฟล์ .xlsx หรือ .csv ที่มีหัวคอลัมน์`, d => `This is not a table (${d.found}). Send an .xlsx or .csv file with a header.`),
  cut: error<{}>(() => 'ไฟล์ไม่ครบหรือเสียหาย ดาวน์โหลดหรือคัดลอกใหม่ แล้วลองเปิดในโปรแกรมตารางก่อนส่ง', () => 'The file was cut short or is damaged. Download or copy it again, and see that a spreadsheet opens it.'),
  tooLarge: error<{ limitMegabytes: number }>(d => `ไฟล์ใหญ่เกิน ${d.limitMegabytes} เมกะไบต์ แบ่งเป็นหลายไฟล์`, d => `The file is larger than ${d.limitMegabytes} megabytes. Divide it into several.`),
  tooLargeBook: error<{ limitMegabytes: number }>(d => `สมุดงานใหญ่เกิน ${d.limitMegabytes} เมกะไบต์เมื่อคลายออก ลบรูปและแผ่นงานที่ไม่ใช้ หรือบันทึกเป็น CSV UTF-8`,
    d => `The workbook is larger than ${d.limitMegabytes} megabytes when unpacked. Remove pictures and sheets that are not used, or save it as CSV UTF-8.`),
  tooManyTexts: error<{ texts: number; characters: number }>(d => `สมุดงานมีข้อความที่ต่างกันเกิน ${d.texts / 1e6} ล้านข้อความ หรือรวมกันเกิน ${d.characters / 1e6} ล้านตัวอักษร บันทึกเป็น CSV UTF-8 หรือแบ่งเป็นหลายไฟล์`,
    d => `The workbook holds more than ${d.texts / 1e6} million texts that differ, or more than ${d.characters / 1e6} million characters in them. Save it as CSV UTF-8, or divide it into several.`),
  tooManyColumns: error<{ columns: number; limit: number }>(d => `มี ${d.columns} คอลัมน์ รับได้ไม่เกิน ${d.limit} ลบคอลัมน์ที่ไม่ใช้`, d => `There are ${d.columns} columns and at most ${d.limit} are taken. Remove those that are not used.`),
  lineTooLong: error<{ limit: number }>(d => `บรรทัดนี้ยาวเกิน ${d.limit} ตัวอักษร ไฟล์อาจไม่ใช่ตาราง หรือไม่มีการขึ้นบรรทัดใหม่ บันทึกใหม่จากโปรแกรมตาราง`,
    d => `The line has more than ${d.limit} characters: the file may be no table, or has no line ends. Save it again from a spreadsheet.`),
  unreadable: error<{}>(() => 'อ่านตัวอักษรในบรรทัดนี้ไม่ได้ ไม่ใช่ทั้ง UTF-8, UTF-16 และ windows-874 (TIS-620) บันทึกใหม่เป็น CSV UTF-8',
    () => 'The characters of this line cannot be read: neither UTF-8, UTF-16 nor windows-874 (TIS-620). Save the file again as CSV UTF-8.'),
  mixed: error<{}>(() => 'ตั้งแต่บรรทัดนี้ตัวอักษรถูกบันทึกคนละแบบกับบรรทัดก่อน (หรือไฟล์ขาดตรงนี้) มักเกิดจากการต่อไฟล์สองไฟล์ เปิดทีละไฟล์แล้วบันทึกเป็น CSV UTF-8 ก่อนรวม',
    () => 'From this line on characters are encoded in another way than before (or the file ends in the middle of one). Two files were joined: save each as CSV UTF-8 first.'),
  nul: error<{}>(() => 'บรรทัดนี้มีอักขระว่าง (NUL) ซึ่งตารางไม่มี ไฟล์เสียหายหรือไม่ใช่ตาราง บันทึกใหม่จากโปรแกรมตาราง', () => 'The line holds NUL characters, which no table has. The file is damaged or no table: save it again from a spreadsheet.'),
  noSheet: error<{ sheet: string }>(d => `ไม่มีแผ่นงาน “${d.sheet}” เลือกแผ่นงานใหม่`, d => `There is no sheet “${d.sheet}”. Choose another.`),
  noHeader: error<{ row: number }>(d => `แถวที่ ${d.row} ไม่มีหัวคอลัมน์ เลือกแถวหัวตารางใหม่`, d => `Row ${d.row} names no columns. Choose another row as the header.`),
  notTurned: error<{}>(() => 'ไม่พบคอลัมน์ชื่อช่องที่มีค่าอยู่ข้าง ๆ ถ้าตารางมีหัวคอลัมน์ เอาเครื่องหมาย “แต่ละแถวเป็นหนึ่งช่อง” ออก', () => 'No column of names with their values beside it was found. If the table has a header, do not say that each row is a field.'),
  columnTwice: warning<{ name: string }>(d => `มีคอลัมน์ชื่อนี้มากกว่าหนึ่ง ตัวถัดไปเรียกว่า “${d.name}”`, d => `There is more than one column of this name; the next is called “${d.name}”.`),
  columnUnnamed: warning<{ name: string }>(d => `คอลัมน์นี้ไม่มีชื่อ จึงเรียกว่า “${d.name}”`, d => `The column has no name and is called “${d.name}”.`),
  headerOfData: warning<{}>(() => 'แถวนี้ดูเหมือนข้อมูล ไม่ใช่ชื่อคอลัมน์ ตรวจว่าแถวหัวตารางถูกต้อง', () => 'This row looks like data, not like the names of columns. Check which row is the header.'),
  quotes: error<{}>(() => 'เครื่องหมายคำพูด (") ไม่ครบคู่ จึงอ่านแถวนี้ไม่ได้ แก้เครื่องหมายในบรรทัดนี้', () => 'A quotation mark (") is not closed, so the row cannot be read. Mend the marks of this line.'),
  tooManyQuotes: error<{ rows: number }>(d => `มีเครื่องหมายคำพูดไม่ครบคู่เกิน ${d.rows} แถว จึงหยุดอ่านตรงนี้ บันทึกใหม่จากโปรแกรมตาราง`, d => `More than ${d.rows} rows have quotation marks that are not closed, so reading ends here. Save the file again from a spreadsheet.`),
  ragged: error<{ cells: number; columns: number }>(d => `แถวนี้มี ${d.cells} ช่อง แต่หัวตารางมี ${d.columns} คอลัมน์ ตรวจเครื่องหมายคั่นในแถวนี้`, d => `The row has ${d.cells} cells and the header has ${d.columns} columns. Check the separators of this row.`),
}
export type TableProblem = keyof typeof tableProblems

/** Where in a file something was found. */
export type TableSpot = Partial<Pick<TableFault, 'line' | 'column' | 'value'>>
type DetailsOf<L> = L extends TableLine<infer D> ? D : never

/** A fault in words, of any catalogue like the one above: `table/column-twice`. */
export function faultFrom<C extends Record<string, TableLine<never>>>(catalogue: C) {
  return <K extends keyof C & string>(code: K, details: DetailsOf<C[K]>, spot: TableSpot = {}): TableFault => {
    const { weight, say } = catalogue[code] as unknown as TableLine<DetailsOf<C[K]>>
    const text: Text = { th: say.th(details), en: say.en(details) }
    return { line: spot.line ?? null, column: spot.column ?? null, value: spot.value ?? null, code: `table/${code.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`, weight, say: text }
  }
}

/** @example tableFault('ragged', { cells: 3, columns: 4 }, { line: 12 }) */
export const tableFault = faultFrom(tableProblems)
