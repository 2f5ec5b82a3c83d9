import { problem } from '../../domain/base/problem.ts'

type In = { expression: string }

/** Why an expression of a form cannot be computed here. Each names what it is about. */
export const expressionProblems = {
  syntax: problem('form/expression-unreadable', {
    th: (d: In & { at: number; found: string }) => `อ่านสูตร ${d.expression} ไม่ได้ที่ตัวอักษรที่ ${d.at + 1} (${d.found || 'สุดสูตร'}) ตรวจวงเล็บ เครื่องหมายคำพูด และเครื่องหมาย`,
    en: d => `The expression ${d.expression} cannot be read at character ${d.at + 1} (${d.found || 'its end'}). Check brackets, quotation marks and operators.`,
  }),
  tooLong: problem('form/expression-too-long', {
    th: (d: In & { most: number }) => `สูตร ${d.expression} ยาวเกิน ${d.most} คำ แบ่งเป็นหลายค่าคำนวณ`,
    en: d => `The expression ${d.expression} has more than ${d.most} words. Divide it into several calculations.`,
  }),
  unknownFunction: problem('form/expression-unknown-function', {
    th: (d: In & { name: string }) => `ไม่รู้จักฟังก์ชัน ${d.name}() ในสูตร ${d.expression} ตรวจตัวสะกด หรือดูรายการใน docs/form-engine.md`,
    en: d => `The function ${d.name}() of the expression ${d.expression} is not known. Check its spelling, or see the list in docs/form-engine.md.`,
  }),
  unsupported: problem('form/expression-unsupported', {
    th: (d: In & { name: string }) => `ยังไม่รองรับ ${d.name} ในสูตร ${d.expression} เครื่องแม่ข่ายจึงตรวจสูตรนี้ไม่ได้ แอปเก็บข้อมูลยังใช้ได้ตามปกติ`,
    en: d => `${d.name} of the expression ${d.expression} is not supported, so that the server cannot check it. Collecting works as before.`,
  }),
  badArguments: problem('form/expression-arguments', {
    th: (d: In & { name: string; given: number; wanted: string }) => `ฟังก์ชัน ${d.name}() ในสูตร ${d.expression} ได้รับ ${d.given} ค่า ต้องเป็น ${d.wanted}`,
    en: d => `The function ${d.name}() of the expression ${d.expression} has ${d.given} arguments; it takes ${d.wanted}.`,
  }),
  notNodes: problem('form/expression-not-nodes', {
    th: (d: In & { name: string }) => `${d.name} ในสูตร ${d.expression} ต้องเป็นที่อยู่ของคำถาม ไม่ใช่ค่า`,
    en: d => `${d.name} of the expression ${d.expression} wants the path of a question, not a value.`,
  }),
  badPattern: problem('form/expression-pattern', {
    th: (d: In & { pattern: string }) => `แบบอักขระ ${d.pattern} ในสูตร ${d.expression} ไม่ถูกต้อง ตรวจวงเล็บและเครื่องหมาย \\`,
    en: d => `The pattern ${d.pattern} of the expression ${d.expression} is not valid. Check brackets and backslashes.`,
  }),
  endlessPattern: problem('form/expression-endless-pattern', {
    th: (d: In & { pattern: string }) => `แบบอักขระ ${d.pattern} ในสูตร ${d.expression} ซ้ำซ้อนกันจนบางคำตอบตรวจไม่รู้จบ เครื่องแม่ข่ายจึงไม่ตรวจสูตรนี้ เขียนใหม่โดยไม่ซ้ำในสิ่งที่ซ้ำ`,
    en: d => `The pattern ${d.pattern} of the expression ${d.expression} repeats what repeats already and would never end on some answers, so that the server does not check it. Write it without repetitions inside repetitions.`,
  }),
  tooCostly: problem('form/expression-too-costly', {
    th: (d: In) => `สูตร ${d.expression} ต้องคำนวณมากเกินไปกับคำตอบชุดนี้ เครื่องแม่ข่ายจึงไม่ได้ตรวจ เขียนสูตรให้ดูแถวน้อยลง หรือแบ่งคำตอบเป็นหลายชุด`,
    en: d => `The expression ${d.expression} takes too much computing on these answers, so that it was not checked. Let it look at fewer rows, or divide the answers into several submissions.`,
  }),
  tooManyNodes: problem('form/too-many-nodes', {
    th: (d: { most: number }) => `คำตอบชุดนี้มีเกิน ${d.most} ช่องรวมช่องว่าง เครื่องแม่ข่ายจึงไม่ได้ตรวจกฎของแบบฟอร์ม แบ่งคำตอบเป็นหลายชุด`,
    en: d => `The submission has more than ${d.most} answers, empty ones counted, so that it was not checked against the rules of its form. Divide it into several.`,
  }),
}
