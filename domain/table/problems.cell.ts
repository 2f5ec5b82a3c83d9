import { error, faultFrom, warning } from './problems.table.ts'

/** What is wrong with a cell, given the field that it is for: what it is, and what to do. */
export const cellProblems = {
  formulaError: error<{}>(() => 'สูตรในช่องนี้คำนวณไม่ได้ แก้สูตรหรือพิมพ์ค่าลงไป', () => 'The formula of this cell gives an error. Mend it, or type the value.'),
  formulaEmpty: error<{}>(() => 'ช่องนี้เป็นสูตรที่ยังไม่มีผลลัพธ์ เปิดใน Excel หรือ LibreOffice แล้วบันทึกใหม่', () => 'The cell is a formula without a result. Open the file in Excel or LibreOffice and save it again.'),
  cellTooLong: error<{ limit: number }>(d => `ช่องนี้ยาวเกิน ${d.limit} ตัวอักษร ตัดให้สั้นลง`, d => `The cell has more than ${d.limit} characters. Shorten it.`),
  damaged: error<{}>(() => 'มีตัวอักษรที่เสียไปแล้วในช่องนี้ พิมพ์ใหม่', () => 'Characters of this cell were lost before it came here. Type it again.'),
  gap: warning<{}>(() => 'เก็บเป็น “ไม่มีข้อมูล” ถ้าหมายถึงศูนย์ให้พิมพ์ 0', () => 'Kept as “no data”. Type 0 if zero is meant.'),

  notNumber: error<{}>(() => 'ไม่ใช่ตัวเลข แก้ค่า หรือเว้นว่างเมื่อไม่มีข้อมูล', () => 'This is not a number. Mend it, or leave the cell blank where nothing is known.'),
  notWhole: error<{ read: number }>(d => `ต้องเป็นจำนวนเต็ม แต่อ่านได้ ${d.read} แก้ค่า`, d => `The field takes whole numbers and this is ${d.read}. Mend it.`),
  decimalComma: error<{}>(() => 'ไม่แน่ใจว่าจุลภาคคั่นหลักพันหรือเป็นจุดทศนิยม ใช้จุด (.) เป็นทศนิยม เช่น 1,234.5', () => 'It is not clear whether the comma parts thousands or is a decimal sign. Write decimals with a point: 1,234.5.'),
  tooLargeNumber: error<{}>(() => 'ตัวเลขใหญ่เกินกว่าจะเก็บได้ตรงทุกหลัก แก้ค่า หรือเก็บในช่องข้อความ', () => 'The number is too large to be kept exactly. Mend it, or give it to a field of text.'),
  unknownUnit: error<{ unit: string; wanted: string }>(d => `ไม่รู้จักหน่วย “${d.unit}” ใส่เป็น ${d.wanted || 'ตัวเลขอย่างเดียว'}`, d => `The unit “${d.unit}” is not known. Give ${d.wanted || 'the number alone'}.`),
  otherUnit: error<{ unit: string; wanted: string }>(d => `หน่วย “${d.unit}” แปลงเป็น ${d.wanted} ไม่ได้ แก้ค่าให้เป็น ${d.wanted}`, d => `The unit “${d.unit}” cannot be turned into ${d.wanted}. Give the value in ${d.wanted}.`),
  unitDropped: warning<{ unit: string }>(d => `ช่องนี้ไม่ได้กำหนดหน่วย จึงเก็บแต่ตัวเลข ไม่เก็บ “${d.unit}”`, d => `The field has no unit: the number is kept, “${d.unit}” is not.`),
  parts: error<{}>(() => 'งานต้องไม่ถึง 4 และตารางวาต้องไม่ถึง 100 ตรวจไร่-งาน-ตารางวาอีกครั้ง', () => 'Ngan must be below 4 and square wa below 100. Look at rai-ngan-wa again.'),

  notDate: error<{}>(() => 'ไม่ใช่วันที่ พิมพ์แบบ วัน/เดือน/ปี พ.ศ. เช่น 5/1/2567', () => 'This is not a date. Write day/month/year, such as 5/1/2567, or 2024-01-05.'),
  noSuchDay: error<{}>(() => 'ไม่มีวันนี้ในปฏิทิน ตรวจวันและเดือน', () => 'There is no such day in the calendar. Check the day and the month.'),
  dateOrder: error<{}>(() => 'เดือนเกิน 12 อาจเป็นแบบ เดือน/วัน/ปี เลือกลำดับของวันที่ในคอลัมน์นี้ใหม่', () => 'The month is above 12: the dates may be month/day/year. Choose their order for this column.'),
  unknownDay: error<{ known: string }>(d => `วันหรือเดือนเป็น 00 คือไม่ทราบ (ทราบเพียง ${d.known}) ช่องนี้ต้องการวันที่เต็ม เติมให้ครบ หรือเว้นว่าง`, d => `The day or the month is 00, not known (known is ${d.known}). The field wants a whole date: complete it, or leave it blank.`),
  dateSerial: error<{ date: string }>(d => `เป็นเลขลำดับวันของโปรแกรมตาราง (น่าจะเป็น ${d.date}) จัดรูปแบบคอลัมน์เป็นวันที่แล้วบันทึกใหม่`, d => `This is a spreadsheet's count of days (${d.date}, it seems). Format the column as dates and save it again.`),
  era: error<{ year: number }>(d => `ปี ${d.year} ไม่ตรงกับศักราช (พ.ศ. หรือ ค.ศ.) ของคอลัมน์นี้ แก้ปี หรือเลือกใหม่`, d => `The year ${d.year} is not of the era (B.E. or C.E.) that the column is read in. Mend it, or choose again.`),
  oldYear: warning<{ year: number }>(d => `ก่อน พ.ศ. 2484 ปีใหม่เริ่ม 1 เมษายน เดือนนี้จึงเป็น ค.ศ. ${d.year}`, d => `Before B.E. 2484 the year began on 1 April, so this month is of ${d.year} C.E.`),
  notTime: error<{}>(() => 'ไม่ใช่เวลา พิมพ์แบบ 08:30', () => 'This is not a time. Write it as 08:30.'),

  notYesNo: error<{}>(() => 'ต้องเป็น ใช่ หรือ ไม่ใช่', () => 'It must be yes or no.'),
  unknownChoice: error<{ near: string; choices: string }>(d => `ไม่มีตัวเลือกนี้${d.near ? ` หมายถึง “${d.near}” หรือไม่` : ''} ที่มีคือ ${d.choices}`, d => `There is no such choice${d.near ? `; is “${d.near}” meant?` : '.'} There are: ${d.choices}.`),
  twoChoices: error<{}>(() => 'มีตัวเลือกที่เขียนแบบนี้มากกว่าหนึ่ง ใช้รหัสของตัวเลือก', () => 'More than one choice is written like this. Use the name of the choice.'),

  notPosition: error<{}>(() => 'อ่านเป็นพิกัดไม่ได้ พิมพ์แบบ ละติจูด, ลองจิจูด เช่น 19.52, 98.21', () => 'This cannot be read as a position. Write latitude, longitude: 19.52, 98.21.'),
  halfPosition: error<{}>(() => 'มีแต่ละติจูดหรือลองจิจูดอย่างเดียว เติมอีกค่า หรือเว้นว่างทั้งคู่', () => 'Only one of latitude and longitude is there. Give the other, or leave both blank.'),
  noPosition: warning<{}>(() => 'พิกัด 0, 0 คือไม่ทราบ จึงเก็บเป็น “ไม่มีข้อมูล”', () => 'The position 0, 0 means that it is not known; kept as “no data”.'),
  swapped: warning<{ lat: number; lon: number }>(d => `ละติจูดกับลองจิจูดสลับกัน จึงอ่านเป็น ${d.lat}, ${d.lon}`, d => `Latitude and longitude are the wrong way round; read as ${d.lat}, ${d.lon}.`),
  outsideThailand: warning<{ lat: number; lon: number }>(d => `พิกัด ${d.lat}, ${d.lon} อยู่นอกประเทศไทย ตรวจอีกครั้ง`, d => `The position ${d.lat}, ${d.lon} lies outside Thailand. Look at it again.`),

  floatedId: error<{}>(() => 'เลขยาวถูกโปรแกรมตารางเปลี่ยนเป็นเลขย่อ (เช่น 1.10170E+12) หลักท้ายหายไปแล้ว จัดรูปแบบคอลัมน์เป็น “ข้อความ” แล้วพิมพ์หรือวางใหม่',
    () => 'A spreadsheet has shortened the long number (1.10170E+12) and its last digits are lost. Format the column as “Text”, then type or paste it again.'),
  notNationalId: error<{}>(() => 'เลขประจำตัวประชาชนมี 13 หลัก ตรวจดูอีกครั้ง หรือเว้นว่าง', () => 'A citizen’s number has 13 digits. Look again, or leave the cell blank.'),
  nationalIdCheck: warning<{}>(() => 'หลักสุดท้ายของเลขประจำตัวประชาชนไม่ตรงกับหลักอื่น อาจพิมพ์ผิด', () => 'The last digit of the citizen’s number does not fit the others; it may be mistyped.'),
  lostZero: warning<{ read: string }>(d => `เลข 0 ข้างหน้าหายไป จึงอ่านเป็น ${d.read} จัดรูปแบบคอลัมน์เป็น “ข้อความ” เพื่อไม่ให้หายอีก`, d => `The 0 in front was lost; read as ${d.read}. Format the column as “Text” so that it stays.`),
  notShape: error<{}>(() => 'อ่านเป็นเส้นหรือขอบเขตไม่ได้ พิมพ์ ละติจูด ลองจิจูด ของแต่ละจุด คั่นด้วย ;', () => 'This cannot be read as a line or an outline. Write latitude and longitude of each point, parted by ;.'),
}
export type CellProblem = keyof typeof cellProblems

export const cellFault = faultFrom(cellProblems)
