import { problem } from '../base/problem.ts'
import type { Text } from '../base/text.ts'

type Nothing = Record<string, never>

export const recordProblems = {
  needsReason: problem('record/needs-reason', {
    th: (_: Nothing) => 'โปรดบอกเหตุผลที่ต้องเปิดดูเลขประจำตัวประชาชน เหตุผลจะอยู่ในบันทึกการใช้งาน',
    en: () => 'Say why the citizen’s number must be seen. The reason is kept in the audit.',
  }),
  noNumber: problem('record/no-number', {
    th: (_: Nothing) => 'รายการนี้ไม่มีเลขประจำตัวประชาชนในช่องนี้',
    en: () => 'There is no citizen’s number in this field of the record.',
  }),
  otherKeys: problem('record/other-keys', {
    th: (_: Nothing) => 'เลขนี้ปิดไว้ด้วยกุญแจชุดอื่น เครื่องแม่ข่ายนี้จึงเปิดไม่ได้ โปรดแจ้งผู้ดูแลระบบให้ใช้ไฟล์กุญแจเดิม',
    en: () => 'This number was sealed with other keys, so this server cannot open it. Ask the administrator for the keys file that it was sealed with.',
  }),
  notCleared: problem('record/not-cleared', {
    th: (d: { ask: Text }) => `บทบาทของคุณไม่ครอบคลุมข้อมูลส่วนนี้ ติดต่อ${d.ask.th}`,
    en: d => `Your role does not cover this. Ask ${d.ask.en}.`,
  }),
}

/** What can go wrong on the way in. A telephone shows these sentences to the person who holds it. */
export const submissionProblems = {
  notMultipart: problem('submission/not-multipart', {
    th: (_: Nothing) => 'คำขอไม่มีส่วน xml_submission_file โปรดส่งด้วย ODK Collect, KoboCollect หรือแอปของรากแก้ว',
    en: () => 'The request has no part xml_submission_file. Send with ODK Collect, KoboCollect or our own collector.',
  }),
  badXml: problem('submission/bad-xml', {
    th: (d: { reason: string }) => `อ่านแบบฟอร์มที่กรอกไม่ได้ (${d.reason}) โปรดส่งใหม่ หากยังไม่ได้ให้แจ้งผู้ประสาน`,
    en: d => `The filled-in form cannot be read (${d.reason}). Send it again; if that does not help, tell your integrator.`,
  }),
  noForm: problem('submission/no-form', {
    th: (d: { form: string; version: string }) => `ไม่รู้จักแบบฟอร์ม ${d.form} รุ่น ${d.version || '–'} ในพื้นที่ของคุณ โปรดดึงรายการแบบฟอร์มใหม่ ข้อมูลที่กรอกยังอยู่ในเครื่อง`,
    en: d => `The form ${d.form}, version ${d.version || '–'}, is not known in your places. Get the list of forms again; what you filled in is still on the phone.`,
  }),
  otherContent: problem('submission/other-content', {
    th: (_: Nothing) => 'มีแบบฟอร์มที่ส่งด้วยรหัสนี้แล้ว แต่เนื้อหาต่างกัน รายการเดิมไม่ถูกแก้ โปรดแจ้งผู้ประสาน',
    en: () => 'A submission with this id is there already, with other content. The first was left as it is; tell your integrator.',
  }),
  superseded: problem('submission/superseded', {
    th: (_: Nothing) => 'รายการนี้ถูกแก้ไขโดยคนอื่นไปแล้วหลังจากที่คุณเปิด โปรดเปิดรุ่นล่าสุดแล้วแก้อีกครั้ง',
    en: () => 'Somebody changed this record after you opened it. Open the latest version and make the change again.',
  }),
  unknownDeprecated: problem('submission/no-such-original', {
    th: (_: Nothing) => 'ไม่พบรายการเดิมที่แก้ไข หรืออยู่นอกพื้นที่ของคุณ',
    en: () => 'The record that this changes is not there, or not in your places.',
  }),
  closed: problem('submission/closed', {
    th: (d: { form: string }) => `แบบฟอร์ม ${d.form} ปิดรับข้อมูลแล้ว โปรดแจ้งผู้ประสาน`,
    en: d => `The form ${d.form} does not take answers any more. Tell your integrator.`,
  }),
  badKey: problem('submission/bad-key', {
    th: (_: Nothing) => 'รหัสเชื่อมต่อนี้ใช้ไม่ได้หรือถูกยกเลิก ขอ QR ใหม่จากหน้าบัญชีของฉัน หรือจากผู้ประสาน ข้อมูลที่กรอกยังอยู่ในเครื่อง',
    en: () => 'This key does not hold or was revoked. Get a new QR from your account page or from your integrator; what you filled in is still on the phone.',
  }),
  needsPassword: problem('submission/needs-password', {
    th: (_: Nothing) => 'โปรดใส่ชื่อผู้ใช้และรหัสผ่าน หรือสแกน QR จากหน้าบัญชีของฉัน',
    en: () => 'Enter your user name and password, or scan the QR of your account page.',
  }),
  needsTls: problem('submission/needs-tls', {
    th: (_: Nothing) => 'ส่งรหัสผ่านได้เฉพาะทาง https เท่านั้น โปรดใช้ที่อยู่ที่ขึ้นต้นด้วย https หรือสแกน QR จากหน้าบัญชีของฉัน',
    en: () => 'A password is taken over https only. Use the address that begins with https, or scan the QR of your account page.',
  }),
  secondFactor: problem('submission/second-factor', {
    th: (_: Nothing) => 'บัญชีนี้ใช้การยืนยันสองขั้น จึงใช้รหัสผ่านอย่างเดียวไม่ได้ โปรดสแกน QR จากหน้าบัญชีของฉัน',
    en: () => 'This account has a second factor, so a password alone is not enough. Scan the QR of your account page.',
  }),
  noRoom: problem('submission/no-room', {
    th: (_: Nothing) => 'เครื่องแม่ข่ายไม่มีที่เก็บเพียงพอในขณะนี้ ข้อมูลยังอยู่ในเครื่องของคุณ โปรดส่งใหม่ภายหลัง',
    en: () => 'The server has no room to keep this now. It is still on your phone; send it again later.',
  }),
  cutShort: problem('submission/cut-short', {
    th: (d: { name: string }) => `ไฟล์ ${d.name} มาไม่ครบ โปรดส่งใหม่ ส่วนที่ได้รับแล้วไม่ต้องส่งซ้ำ`,
    en: d => `The file ${d.name} did not arrive whole. Send it again; what has arrived need not be sent twice.`,
  }),
}
