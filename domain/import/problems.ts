import { problem } from '../base/problem.ts'
import type { Text } from '../base/text.ts'
import type { ImportFault, Severity } from './import.ts'

type Words = Record<string, string | number>
type Say<D> = (details: D) => string
type Line<D> = { severity: Severity; what: { th: Say<D>; en: Say<D> }; todo: { th: Say<D>; en: Say<D> } }

const line = <D extends Words>(severity: Severity, what: { th: Say<D>; en: Say<D> }, todo: Text): Line<D> =>
  ({ severity, what, todo: { th: () => todo.th, en: () => todo.en } })

/** What can be found in a file of numbers: what is wrong, and what to do. */
export const importProblems = {
  empty: line<{}>('error', { th: () => 'ไฟล์ว่าง', en: () => 'The file is empty.' },
    { th: 'ดาวน์โหลดหรือบันทึกไฟล์ใหม่อีกครั้ง', en: 'Download or save the file again.' }),
  noRows: line<{}>('error', { th: () => 'มีแต่หัวตาราง ไม่มีแถวข้อมูล', en: () => 'There is a header and no rows.' },
    { th: 'ตรวจว่าส่งออกข้อมูลครบแล้ว', en: 'Check that the export was complete.' }),
  notCsv: line<{ found: string }>('error', { th: d => `ไม่ใช่ไฟล์ CSV (${d.found})`, en: d => `This is not a CSV file (${d.found}).` },
    { th: 'เปิดในโปรแกรมตารางแล้วบันทึกเป็น CSV UTF-8', en: 'Open it in a spreadsheet and save it as CSV UTF-8.' }),
  encoding: line<{}>('error', { th: () => 'อ่านตัวอักษรไม่ได้ ไม่ใช่ทั้ง UTF-8, UTF-16 และ windows-874 (TIS-620)', en: () => 'The characters cannot be read: neither UTF-8, UTF-16 nor windows-874 (TIS-620).' },
    { th: 'บันทึกใหม่เป็น CSV UTF-8', en: 'Save it again as CSV UTF-8.' }),
  quotes: line<{}>('error', { th: () => 'เครื่องหมายคำพูดไม่ครบคู่ จึงอ่านแถวต่อจากนี้ไม่ได้', en: () => 'A quotation mark is not closed, so the rows from here on cannot be read.' },
    { th: 'แก้เครื่องหมาย " ในบรรทัดนี้', en: 'Mend the " on this line.' }),
  ragged: line<{ cells: number; columns: number }>('error', { th: d => `แถวนี้มี ${d.cells} ช่อง แต่หัวตารางมี ${d.columns} คอลัมน์`, en: d => `The row has ${d.cells} cells and the header has ${d.columns} columns.` },
    { th: 'ตรวจเครื่องหมายจุลภาคในแถวนี้', en: 'Check the commas of this row.' }),
  notTpmap: line<{}>('error', { th: () => 'ไม่พบคอลัมน์ของไฟล์ TPMAP ทั้งแบบ common และ poor', en: () => 'None of the columns of a TPMAP file, common or poor, was found.' },
    { th: 'เลือกไฟล์ที่มีคอลัมน์ household.CNT หรือ poor.household.CNT', en: 'Choose a file with the columns household.CNT or poor.household.CNT.' }),
  noAreaColumn: line<{}>('error', { th: () => 'ไม่มีคอลัมน์รหัสพื้นที่', en: () => 'There is no column with the code of the area.' },
    { th: 'เพิ่มคอลัมน์ province_ID, amphur_ID, tambol_ID หรือ village_ID', en: 'Add the column province_ID, amphur_ID, tambol_ID or village_ID.' }),
  missingColumn: line<{}>('error', { th: () => 'ขาดคอลัมน์นี้', en: () => 'This column is missing.' },
    { th: 'ใช้ไฟล์ที่เผยแพร่ฉบับเต็ม หรือเติมคอลัมน์ (เว้นช่องว่างไว้เมื่อไม่มีข้อมูล)', en: 'Use the complete published file, or add the column (leave cells blank where nothing is known).' }),
  columnTwice: line<{}>('error', { th: () => 'มีคอลัมน์ชื่อนี้สองครั้ง', en: () => 'There are two columns of this name.' },
    { th: 'ลบคอลัมน์ที่ซ้ำ', en: 'Remove one of them.' }),
  extraColumn: line<{}>('warning', { th: () => 'ไม่รู้จักคอลัมน์นี้ จึงไม่ได้อ่าน', en: () => 'This column is not known and was not read.' },
    { th: 'ไม่ต้องทำอะไร หากไม่ใช่ชื่อคอลัมน์ที่สะกดผิด', en: 'Nothing, unless it is a misspelt name.' }),
  noYear: line<{}>('error', { th: () => 'ไม่รู้ว่าเป็นข้อมูลปีใด', en: () => 'The year of the data is not known.' },
    { th: 'ใส่ --year 2561 หรือตั้งชื่อไฟล์ขึ้นต้นด้วยปี เช่น 61_province_common.csv', en: 'Give --year 2561, or begin the name of the file with the year: 61_province_common.csv.' }),
  badYear: line<{}>('error', { th: () => 'ปีนี้อ่านไม่ได้', en: () => 'This is not a year.' },
    { th: 'ใส่ปีเป็น 61, 2561 หรือ 2018', en: 'Write the year as 61, 2561 or 2018.' }),
  manyYears: line<{ years: string }>('error', { th: d => `ไฟล์เป็นของหลายปี (${d.years})`, en: d => `The files are of several years (${d.years}).` },
    { th: 'นำเข้าทีละปี', en: 'Import one year at a time.' }),
  otherYear: line<{ years: string }>('warning', { th: d => `ไฟล์เดียวกันนี้เคยนำเข้าเป็นข้อมูลปี ${d.years}`, en: d => `The very same file was imported before as data of ${d.years}.` },
    { th: 'ตรวจว่าปีถูกต้อง', en: 'Check that the year is right.' }),
  otherSet: line<{}>('warning', { th: () => 'ตั้งแต่ปี 2566 TPMAP ใช้ตัวชี้วัด จปฐ. ชุดใหม่ เลขข้อเดียวกันอาจมีความหมายอื่น', en: () => 'From 2566 (2023) on TPMAP uses a new set of BMN indicators; the same number may mean something else.' },
    { th: 'ตรวจกับผู้เผยแพร่ว่าไฟล์ใช้ตัวชี้วัดชุดปี 2560', en: 'Ask the publisher whether the file uses the set of 2560.' }),
  filtered: line<{}>('error', { th: () => 'ไฟล์นี้กรองเฉพาะคนจนบางด้าน ไม่ใช่คนจนทั้งหมด', en: () => 'This file holds only the poor of some dimensions, not all of them.' },
    { th: 'ใช้ไฟล์ที่ลงท้ายด้วย 11111', en: 'Use the file that ends in 11111.' }),
  noCode: line<{}>('error', { th: () => 'ไม่มีรหัสพื้นที่', en: () => 'The code of the area is blank.' },
    { th: 'เติมรหัส', en: 'Fill in the code.' }),
  wrongLevel: line<{ level: string }>('error', { th: d => `รหัสนี้ไม่ใช่รหัสระดับ ${d.level} ตามคอลัมน์`, en: d => `This is not a code of the level of the column (${d.level}).` },
    { th: 'ตรวจว่าเลือกไฟล์ถูกระดับ และรหัสมีจำนวนหลักครบ', en: 'Check that the file is of the right level and the code has all its digits.' }),
  outside: line<{}>('error', { th: () => 'พื้นที่นี้อยู่นอกพื้นที่ที่คุณนำเข้าข้อมูลได้', en: () => 'This place lies outside the places that you may import for.' },
    { th: 'เอาแถวนี้ออก หรือให้ผู้ดูแลระบบของพื้นที่นั้นนำเข้า', en: 'Take the row out, or let the administrator of that place import it.' }),
  scattered: line<{}>('error', { th: () => 'ไฟล์มีหลายพื้นที่ที่ไม่อยู่ในพื้นที่เดียวกันของคุณ', en: () => 'The files hold places that do not lie together in one of yours.' },
    { th: 'นำเข้าทีละพื้นที่', en: 'Import one place after the other.' }),
  unknownArea: line<{}>('error', { th: () => 'ไม่มีพื้นที่รหัสนี้', en: () => 'There is no place with this code.' },
    { th: 'ตรวจรหัสกับทะเบียนพื้นที่ (rakkaeo area show) หรือแก้ไฟล์', en: 'Check the code with the list of places (rakkaeo area show), or mend the file.' }),
  otherProvince: line<{ code: string }>('error', { th: d => `จังหวัดในแถวนี้ไม่ตรงกับรหัสพื้นที่ ${d.code}`, en: d => `The province of this row is not that of the code ${d.code}.` },
    { th: 'ตรวจว่าแถวไม่เลื่อนหรือรหัสไม่ผิด', en: 'Check that the row has not shifted and the code is right.' }),
  twice: line<{ first: string }>('error', { th: d => `พื้นที่นี้มีแล้วที่ ${d.first}`, en: d => `This area is there already: ${d.first}.` },
    { th: 'เหลือไว้แถวเดียว', en: 'Leave one row only.' }),
  notNumber: line<{}>('error', { th: () => 'ต้องเป็นตัวเลข', en: () => 'A number is expected here.' },
    { th: 'ใส่ตัวเลขอารบิกไม่มีจุลภาคคั่น หรือเว้นว่างเมื่อไม่มีข้อมูล', en: 'Write plain digits without separators, or leave the cell blank where nothing is known.' }),
  notWhole: line<{}>('error', { th: () => 'ต้องเป็นจำนวนเต็ม เพราะเป็นการนับ', en: () => 'A count must be a whole number.' },
    { th: 'ตรวจว่าไม่ได้ใส่ร้อยละแทนจำนวน', en: 'Check that it is not a percentage.' }),
  negative: line<{}>('error', { th: () => 'ค่าติดลบไม่ได้', en: () => 'The number may not be negative.' },
    { th: 'แก้ค่า หรือเว้นว่างเมื่อไม่มีข้อมูล', en: 'Mend it, or leave the cell blank where nothing is known.' }),
  outOfRange: line<{ max: number }>('error', { th: d => `ต้องอยู่ระหว่าง 0 ถึง ${d.max}`, en: d => `The number must lie between 0 and ${d.max}.` },
    { th: 'แก้ค่า', en: 'Mend it.' }),
  aboveBase: line<{ base: string; baseValue: number }>('error', { th: d => `มากกว่าฐานของมัน คือ ${d.base} = ${d.baseValue}`, en: d => `It is above its base, ${d.base} = ${d.baseValue}.` },
    { th: 'ตรวจทั้งสองคอลัมน์ของแถวนี้', en: 'Check both columns of this row.' }),
  aboveGroup: line<{ group: string; groupValue: number }>('warning', { th: d => `มากกว่ากลุ่มที่ครอบมันอยู่ คือ ${d.group} = ${d.groupValue}`, en: d => `It is above the group that holds it, ${d.group} = ${d.groupValue}.` },
    { th: 'ตรวจกับผู้เผยแพร่', en: 'Ask the publisher.' }),
  otherRate: line<{ computed: string }>('warning', { th: d => `อัตราในไฟล์ไม่ตรงกับที่คำนวณได้ ${d.computed} (ระบบใช้ค่าที่คำนวณ)`, en: d => `The rate of the file is not the one computed, ${d.computed} (ours is used).` },
    { th: 'ตรวจว่าไฟล์ common และ poor เป็นชุดเดียวกัน', en: 'Check that the common and the poor file belong together.' }),
  noBase: line<{ part: string }>('error', { th: d => `ยังไม่มีจำนวนครัวเรือนและคนที่สำรวจของพื้นที่นี้ (ไฟล์ ${d.part})`, en: d => `The households and persons surveyed of this area are not there yet (${d.part} file).` },
    { th: 'นำเข้าไฟล์ common ก่อน หรือพร้อมกัน', en: 'Import the common file first, or together with this one.' }),
  blanks: line<{ cells: number }>('warning', { th: d => `มีช่องว่าง ${d.cells} ช่อง เก็บเป็น “ไม่มีข้อมูล” ไม่ใช่ศูนย์ ยอดรวมของพื้นที่ที่ใหญ่กว่าจึงไม่รวมช่องเหล่านี้`, en: d => `${d.cells} blank cells are kept as missing, not as zero; totals of larger places leave them out.` },
    { th: 'เติมค่า หากมี', en: 'Fill them in where something is known.' }),
  sumDiffers: line<{ indicator: string; published: number; summed: number }>('warning', { th: d => `${d.indicator}: ค่าที่เผยแพร่ ${d.published} ไม่เท่ากับผลรวมของพื้นที่ย่อย ${d.summed} (ใช้ค่าที่เผยแพร่)`, en: d => `${d.indicator}: the published ${d.published} is not the sum of what lies inside, ${d.summed} (the published one is used).` },
    { th: 'ตรวจว่าไฟล์ระดับล่างครบทุกพื้นที่', en: 'Check that the lower file has every area.' }),
}
export type ImportProblem = keyof typeof importProblems
type DetailsOf<K extends ImportProblem> = (typeof importProblems)[K] extends Line<infer D> ? D : never

/** Where in a file something was found. */
export type Spot = { file: string; line?: number | null; column?: string | null; value?: string | null }

export const undoProblems = {
  replaced: problem('import/replaced', {
    th: (d: { by: string; at: string }) => `ย้อนไม่ได้ เพราะการนำเข้าภายหลัง (${d.by || 'ของพื้นที่ที่กว้างกว่า'} เมื่อ ${d.at}) แทนที่ข้อมูลบางแถวแล้ว ย้อนรายการนั้นก่อน`,
    en: d => `This cannot be undone: a later import (${d.by || 'of a wider area'}, ${d.at}) has replaced some of its rows. Undo that one first.`,
  }),
}

/** Makes a line of the report. @example faultOf('negative', { file: 'a.csv', line: 2, column: 'household.CNT', value: '-1' }, {}) */
export function faultOf<K extends ImportProblem>(code: K, spot: Spot, details: DetailsOf<K>): ImportFault {
  const { severity, what, todo } = importProblems[code] as unknown as Line<DetailsOf<K>>
  return {
    severity, code: `import/${code.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`,
    file: spot.file, line: spot.line ?? null, column: spot.column ?? null, value: spot.value ?? null,
    what: { th: what.th(details), en: what.en(details) }, todo: { th: todo.th(details), en: todo.en(details) },
  }
}
