import { problem } from '../../domain/base/problem.ts'

type Nothing = Record<string, never>

/** What can go wrong on the telephone itself. */
export const collectProblems = {
  phoneFull: problem('collect/phone-full', {
    th: (_: Nothing) => 'ที่เก็บในเครื่องเต็ม สิ่งที่เพิ่มล่าสุดจึงยังไม่ถูกเก็บ ส่วนที่เก็บไว้ก่อนหน้ายังอยู่ครบ โปรดส่งข้อมูลที่รออยู่ หรือลบรูปและวิดีโออื่นในเครื่อง แล้วลองอีกครั้ง',
    en: () => 'The phone has no room left, so the last thing was not kept; everything before it is still there. Send what waits, or delete other pictures and videos from the phone, and try again.',
  }),
  notThere: problem('collect/not-on-phone', {
    th: (_: Nothing) => 'ไม่มีรายการนี้ในเครื่องแล้ว อาจถูกลบหรือส่งไปแล้วจากหน้าต่างอื่น',
    en: () => 'This entry is not on the phone any more. It may have been deleted or sent from another window.',
  }),
  signedOut: problem('collect/signed-out', {
    th: (_: Nothing) => 'คนนี้ออกจากระบบบนเครื่องนี้แล้วจากหน้าต่างอื่น สิ่งที่เพิ่มล่าสุดจึงไม่ถูกเก็บ โปรดเปิดหน้านี้ใหม่',
    en: () => 'This person was signed out of the phone from another window, so the last thing was not kept. Open this page again.',
  }),
  notDraft: problem('collect/not-a-draft', {
    th: (_: Nothing) => 'รายการนี้กรอกเสร็จและรอส่งอยู่แล้ว จึงแก้ไขไม่ได้ ดูได้ที่หน้ารอส่ง',
    en: () => 'This entry was finished and waits to be sent, so it cannot be changed. See the outbox.',
  }),
  mayHaveArrived: problem('collect/may-have-arrived', {
    th: (_: Nothing) => 'เริ่มส่งรายการนี้แล้ว เครื่องแม่ข่ายอาจได้รับแล้ว จึงเปิดแก้ไม่ได้ โปรดรอให้ส่งเสร็จ แล้วแก้ด้วยการเยี่ยมครั้งใหม่',
    en: () => 'Sending this entry was begun, and the server may have it already, so it cannot be opened again. Let it be sent, and change it with a new visit.',
  }),
  fileMissing: problem('collect/file-missing', {
    th: (d: { name: string }) => `ไม่พบไฟล์ ${d.name} ในเครื่อง โปรดถ่ายหรือเลือกใหม่ก่อนส่ง`,
    en: d => `The file ${d.name} is not on the phone. Take or choose it again before sending.`,
  }),
  wrongPin: problem('collect/wrong-pin', {
    th: (_: Nothing) => 'PIN ไม่ถูกต้อง',
    en: () => 'That is not the PIN.',
  }),
  waitForPin: problem('collect/wait-for-pin', {
    th: (d: { waitSeconds: number }) => `ใส่ PIN ผิดหลายครั้ง โปรดรอ ${d.waitSeconds} วินาทีแล้วลองใหม่`,
    en: d => `The PIN was wrong too often. Wait ${d.waitSeconds} seconds and try again.`,
  }),
  stillUnsent: problem('collect/still-unsent', {
    th: (d: { unsent: number }) => `ยังมี ${d.unsent} รายการที่ไม่ได้ส่ง หากออกจากระบบ รายการเหล่านี้จะถูกลบจากเครื่อง`,
    en: d => `Entries not sent yet: ${d.unsent}. Signing out deletes them from the phone.`,
  }),
  noForm: problem('collect/form-not-on-phone', {
    th: (_: Nothing) => 'แบบฟอร์มนี้ยังดาวน์โหลดลงเครื่องไม่ครบ โปรดเชื่อมต่ออินเทอร์เน็ตแล้วเปิดอีกครั้ง',
    en: () => 'This form is not wholly on the phone yet. Connect to the internet and open it again.',
  }),
  signIn: problem('collect/sign-in', {
    th: (_: Nothing) => 'ต้องเข้าสู่ระบบก่อนจึงส่งได้ ระหว่างนี้เก็บข้อมูลต่อได้ตามปกติ',
    en: () => 'Sign in to send. Meanwhile you can go on collecting.',
  }),
  otherPerson: problem('collect/other-person', {
    th: (_: Nothing) => 'เบราว์เซอร์เข้าสู่ระบบเป็นคนอื่นอยู่ โปรดเข้าสู่ระบบด้วยบัญชีของผู้เก็บข้อมูลคนนี้ก่อนส่ง',
    en: () => 'The browser is signed in as somebody else. Sign in as the person who collected this, then send.',
  }),
  offline: problem('collect/offline', {
    th: (_: Nothing) => 'ยังไม่มีเครือข่าย จะส่งให้เองเมื่อเชื่อมต่อได้',
    en: () => 'There is no network now. It is sent by itself once there is.',
  }),
  serverBusy: problem('collect/server-busy', {
    th: (_: Nothing) => 'เครื่องแม่ข่ายยังไม่พร้อม จะลองส่งใหม่เอง',
    en: () => 'The server is not ready. It is tried again by itself.',
  }),
  notWhole: problem('collect/not-whole', {
    th: (d: { name: string }) => `เครื่องแม่ข่ายยังไม่มีไฟล์ ${d.name} ครบ จะส่งใหม่เอง`,
    en: d => `The server does not have all of the file ${d.name} yet. It is sent again by itself.`,
  }),
  notServer: problem('collect/not-the-server', {
    th: (_: Nothing) => 'เครือข่ายนี้ตอบแทนเครื่องแม่ข่าย อาจต้องลงชื่อใช้ Wi-Fi ก่อน ข้อมูลยังอยู่ในเครื่อง',
    en: () => 'This network answers in the place of the server; it may ask you to sign in to the Wi-Fi. What you filled in is still on the phone.',
  }),
}
