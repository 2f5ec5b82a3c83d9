import { error, faultFrom, warning } from './problems.table.ts'

/** What is wrong with a cell, given the field that it is for. */
export const cellProblems = {
  notNumber: error<{}>(() => 'ไม่ใช่ตัวเลข แก้ค่า หรือเว้นว่างเมื่อไม่มีข้อมูล', () => 'This is not a number. Mend it, or leave the cell blank where nothing is known.'),
  notWhole: error<{ read: number }>(d => `ต้องเป็นจำนวนเต็ม แต่อ่านได้ ${d.read}`, d => `The field takes whole numbers and this is ${d.read}.`),
}
export type CellProblem = keyof typeof cellProblems

export const cellFault = faultFrom(cellProblems)
