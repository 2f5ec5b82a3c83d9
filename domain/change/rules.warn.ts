import type { Text } from '../base/text.ts'
import type { ChangePlan, Followed } from './change.ts'
import { FOLLOWS } from './rules.tables.ts'

/** What a row of a column is called. */
export function nounOf(what: string): Text {
  const follows = FOLLOWS[what]
  return follows && 'what' in follows ? follows.what : { th: what, en: what }
}


/** `lost`: roles that do not follow; `left`: what stays behind; `own`: datasets that the place made for itself; `twice`: those for which both places of a merger have forms. */
type Known = { rows: readonly Followed[]; lost: number; left: readonly Followed[]; own: readonly string[]; twice: readonly string[] }

/** What somebody should know before it is done. */
export function warningsOf(plan: ChangePlan, { rows, lost, left, own, twice }: Known): Text[] {
  const warnings: Text[] = []
  if (lost > 0) warnings.push({ th: `สิทธิ ${lost} รายการไม่ตามไป เพราะพื้นที่ถูกรวมกับพื้นที่อื่น ต้องมอบสิทธิใหม่`, en: `${lost} roles do not follow, since their ground is put together with other ground: they must be given anew.` })
  if ((plan.kind === 'split' && plan.parts.some(({ outline }) => outline === null)) || plan.kind === 'merge') warnings.push({ th: 'ยังไม่มีเส้นเขตใหม่ แผนที่จะแสดงเส้นเขตเดิมแทนไปก่อน', en: 'There are no new outlines yet: the map goes on with the old ones.' })
  if (plan.kind === 'split') {
    const whole = rows.find(({ what, from }) => what === 'core.record.area_code' && from === plan.area)
    if (whole) warnings.push({ th: `รายการ ${whole.count} รายการไม่ได้ระบุหมู่บ้าน จึงไปอยู่ที่ ${whole.to}`, en: `${whole.count} records name no village and go to ${whole.to}.` })
  }
  if (plan.kind === 'split' && own.length > 0) warnings.push({ th: `ชุดข้อมูลที่พื้นที่สร้างเอง (${own.join(', ')}) ไปอยู่ที่ ${plan.heir} ส่วนอื่นเก็บข้อมูลชุดนี้ต่อไม่ได้`, en: `Datasets of its own (${own.join(', ')}) go to ${plan.heir}: in the other parts they are not collected any more.` })
  if (twice.length > 0) warnings.push({ th: `ทั้งสองแห่งมีแบบฟอร์มของตนเองสำหรับ ${twice.join(', ')} ใช้ฉบับที่ใหม่กว่า โปรดดูว่าถูกต้อง`, en: `Both have forms of their own for ${twice.join(', ')}: the later one holds. See that it is right.` })
  for (const { what, from, count } of left) warnings.push({ th: `${nounOf(what).th} ${count} รายการยังอยู่ที่รหัสเดิม ${from} เพราะพื้นที่ใหม่มีอยู่แล้ว`, en: `${count} ${nounOf(what).en} stay at the old code ${from}, since the new place has them already.` })
  return warnings
}
