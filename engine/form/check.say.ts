import type { Lang, Text } from '../../domain/base/text.ts'
import type { AnswerType, FormModel, Question } from '../../domain/dataset/dataset.form.ts'
import type { RecordFault } from '../../domain/record/record.ts'
import type { AnswerRow } from './answers.ts'

export type ViolationKind = Extract<RecordFault['kind'], 'required' | 'constraint' | 'choice' | 'type' | 'calculation' | 'not-relevant'>

/** What is wrong and what to do, for forms that do not say it themselves. Answers are not repeated: not everyone may see them. */
const SAY: Record<Exclude<ViolationKind, 'type'>, Text> = {
  required: { th: 'ต้องตอบ แต่ยังไม่มีคำตอบ ถามแล้วเติม', en: 'An answer is required and missing. Ask, and fill it in.' },
  constraint: { th: 'คำตอบไม่เป็นไปตามเงื่อนไขของแบบฟอร์ม ถามอีกครั้งแล้วแก้', en: 'The answer does not keep the condition of the form. Ask again, and mend it.' },
  choice: { th: 'คำตอบไม่อยู่ในตัวเลือก เลือกใหม่จากรายการ', en: 'The answer is not among the choices. Choose again from the list.' },
  calculation: { th: 'ค่าที่ส่งมาไม่ตรงกับที่คำนวณได้จากคำตอบอื่น ตรวจคำตอบเหล่านั้น และรุ่นของแบบฟอร์มในเครื่อง', en: 'What was sent is not what the other answers give. Check them, and the version of the form on the phone.' },
  'not-relevant': { th: 'มีคำตอบ ทั้งที่ตามคำตอบอื่นแล้วไม่ต้องถามข้อนี้ ตรวจคำตอบเหล่านั้น หรือลบคำตอบนี้', en: 'There is an answer, though by the other answers the question does not apply. Check them, or remove this one.' },
}
const TYPES: Record<AnswerType, Text> = {
  text: { th: 'ข้อความ', en: 'a text' }, integer: { th: 'จำนวนเต็ม', en: 'a whole number' }, decimal: { th: 'ตัวเลข', en: 'a number' }, boolean: { th: 'ใช่หรือไม่ใช่', en: 'yes or no' },
  date: { th: 'วันที่', en: 'a date' }, time: { th: 'เวลา', en: 'a time' }, dateTime: { th: 'วันที่และเวลา', en: 'a date with its time' }, point: { th: 'พิกัด', en: 'a point on the map' },
  trace: { th: 'เส้นบนแผนที่', en: 'a line on the map' }, shape: { th: 'ขอบเขตบนแผนที่', en: 'a shape on the map' }, file: { th: 'ไฟล์', en: 'a file' }, barcode: { th: 'บาร์โค้ด', en: 'a barcode' },
  choice: { th: 'ตัวเลือก', en: 'a choice' }, choices: { th: 'ตัวเลือก', en: 'choices' }, rank: { th: 'ลำดับ', en: 'an order' }, trigger: { th: 'การยืนยัน', en: 'a confirmation' },
}

/** A sentence about one answer: where it stands, and what is wrong, in the form's own words where it has some. */
export function sayViolation(kind: ViolationKind, question: Question, row: AnswerRow | null, model: FormModel): Text {
  const own = kind === 'constraint' ? question.constraintMessage : kind === 'required' ? model.logic.requiredMessages[question.path] : null
  const say = own ?? (kind === 'type' ? typeText(question.type) : SAY[kind])
  return { th: `${where('th', question, row, model)}: ${say.th}`, en: `${where('en', question, row, model)}: ${say.en}` }
}

function typeText(type: AnswerType): Text {
  const { th, en } = TYPES[type]
  return { th: `คำตอบต้องเป็น${th} แก้คำตอบ`, en: `The answer must be ${en}. Mend it.` }
}

/** @example “Age (years)” (Person 2) */
function where(lang: Lang, { label }: Question, row: AnswerRow | null, { repeats }: FormModel): string {
  const repeat = row && repeats.find(repeat => repeat.path === row.repeat)
  return `“${label[lang]}”${repeat ? ` (${repeat.label[lang]} ${row.position})` : ''}`
}
