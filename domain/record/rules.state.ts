import type { Text } from '../base/text.ts'
import type { Ladder } from '../dataset/dataset.ts'
import type { ActKind, RecordState } from './record.ts'

/**
 * From which states an act is possible, and where it leads. Whatever changes answers (a correction, another visit) is looked at anew;
 * what is locked takes no change until somebody opens it again.
 */
export const STEPS: Record<Exclude<ActKind, 'make' | 'undo'>, { from: readonly RecordState[]; to: RecordState }> = {
  update: { from: ['received', 'returned', 'approved', 'verified', 'rejected', 'withdrawn'], to: 'received' },
  held: { from: ['locked'], to: 'locked' },
  return: { from: ['received', 'approved', 'verified'], to: 'returned' },
  approve: { from: ['received', 'returned'], to: 'approved' },
  verify: { from: ['approved'], to: 'verified' },
  lock: { from: ['approved', 'verified'], to: 'locked' },
  reopen: { from: ['locked', 'rejected', 'withdrawn'], to: 'received' },
  reject: { from: ['received', 'returned', 'approved', 'verified'], to: 'rejected' },
  withdraw: { from: ['received', 'returned', 'approved', 'verified', 'rejected'], to: 'withdrawn' },
  merge: { from: ['received', 'returned', 'approved', 'verified'], to: 'received' },
  join: { from: ['received', 'returned', 'approved', 'verified'], to: 'merged' },
  split: { from: ['received', 'returned', 'approved', 'verified', 'merged'], to: 'received' },
  // the visit itself follows, as an update
  take: { from: ['received', 'returned', 'approved', 'verified'], to: 'received' },
  erase: { from: ['received', 'returned', 'approved', 'verified', 'locked', 'rejected', 'withdrawn', 'merged'], to: 'erased' },
  // what stays stands as it did
  forget: { from: [], to: 'received' },
  // says of a held visit that it changes nothing
  leave: { from: [], to: 'received' },
  // a place changed under it, the record did not
  recode: { from: [], to: 'received' },
}

/** A record's state is what its acts come to, in their order; one that was not possible changes nothing. Null: no act made it. */
export function stateOf(acts: readonly ActKind[]): RecordState | null {
  const states: RecordState[] = []
  for (const kind of acts) {
    // what was erased cannot come back
    if (kind === 'undo' && states.at(-1) === 'erased') continue
    if (kind === 'undo') states.pop()
    else states.push(stateAfter(states.at(-1) ?? 'received', kind))
  }
  return states.at(-1) ?? null
}

export function stateAfter(state: RecordState, kind: Exclude<ActKind, 'undo'>): RecordState {
  return kind === 'make' ? 'received' : STEPS[kind].from.includes(state) ? STEPS[kind].to : state
}

/** What stands in lists, maps and files unless it is asked for by name. */
export const SET_ASIDE: readonly RecordState[] = ['rejected', 'withdrawn', 'merged', 'erased']

/** In which states a record counts in figures, and in which of these only provisionally. */
export function countingStates({ counts }: Ladder): { counts: RecordState[]; provisional: RecordState[] } {
  const approved: RecordState[] = counts === 'verified' ? ['verified', 'locked'] : ['approved', 'verified', 'locked']
  const provisional: RecordState[] = counts === 'received' ? ['received', 'returned'] : []
  return { counts: [...provisional, ...approved], provisional }
}

export const STATE_NAMES: Record<RecordState, Text> = {
  received: { th: 'รอตรวจ', en: 'to review' },
  returned: { th: 'ส่งกลับแก้', en: 'returned' },
  approved: { th: 'รับรองแล้ว', en: 'approved' },
  verified: { th: 'จังหวัดยืนยันแล้ว', en: 'verified' },
  locked: { th: 'ล็อกแล้ว', en: 'locked' },
  rejected: { th: 'ไม่รับ', en: 'rejected' },
  withdrawn: { th: 'ถอนแล้ว', en: 'withdrawn' },
  merged: { th: 'รวมเข้ากับรายการอื่นแล้ว', en: 'merged into another' },
  erased: { th: 'ลบข้อมูลแล้ว', en: 'erased' },
}

/** What an act did, as a history tells it. */
export const ACT_NAMES: Record<ActKind, Text> = {
  make: { th: 'บันทึก', en: 'recorded' }, update: { th: 'ปรับปรุง', en: 'updated' }, held: { th: 'ส่งเข้ามาขณะล็อก ไม่แก้รายการ', en: 'sent while locked, changed nothing' },
  return: { th: 'ส่งกลับให้แก้', en: 'returned' }, approve: { th: 'รับรอง', en: 'approved' }, verify: { th: 'ยืนยัน', en: 'verified' }, lock: { th: 'ล็อก', en: 'locked' },
  reopen: { th: 'เปิดอีกครั้ง', en: 'opened again' }, reject: { th: 'ไม่รับ', en: 'rejected' }, withdraw: { th: 'ถอน', en: 'withdrawn' }, merge: { th: 'รวมอีกรายการเข้ามา', en: 'another was merged into it' }, join: { th: 'รวมเข้ากับอีกรายการ', en: 'merged into another' }, split: { th: 'แยกรายการ', en: 'split' },
  take: { th: 'รับข้อมูลที่พักไว้เข้ามา', en: 'took in what was held' }, leave: { th: 'ไม่ใช้ข้อมูลที่พักไว้', en: 'set aside what was held' }, recode: { th: 'พื้นที่เปลี่ยนรหัส', en: 'its place has another code' }, undo: { th: 'ยกเลิกการทำครั้งก่อน', en: 'the act before was taken back' },
  erase: { th: 'ลบข้อมูลทั้งรายการ', en: 'all of it was erased' }, forget: { th: 'ลบข้อมูลของคนหนึ่งในรายการนี้', en: 'what it said of one person was erased' },
}
