import { problem } from '../base/problem.ts'

type Nothing = Record<string, never>
const AGAIN = { th: 'โปรดคัดลอกไฟล์จากต้นทางใหม่ หรือดาวน์โหลดอีกครั้ง', en: 'Copy the file again from where it came, or download it once more.' }

/** What can be wrong with a package that comes in. Nothing of it was kept. */
export const packageProblems = {
  notZip: problem('package/not-zip', {
    th: (d: { reason: string }) => `ไม่ใช่ไฟล์ ZIP ที่สมบูรณ์ (${d.reason}) ${AGAIN.th}`,
    en: d => `This is not a whole ZIP file (${d.reason}). ${AGAIN.en}`,
  }),
  badName: problem('package/bad-name', {
    th: (d: { name: string }) => `ไฟล์ ZIP มีชื่อไฟล์ที่ใช้ไม่ได้ “${d.name}” จึงไม่เปิด ใช้เฉพาะไฟล์ที่รากแก้วสร้าง`,
    en: d => `The ZIP holds a file with a name that cannot be used, “${d.name}”: it was not opened. Use only files that Rakkaeo made.`,
  }),
  swollen: problem('package/swollen', {
    th: (d: { name: string }) => `“${d.name}” ใน ZIP คลายออกมาใหญ่ผิดปกติ จึงหยุดอ่าน ใช้เฉพาะไฟล์ที่รากแก้วสร้าง`,
    en: d => `“${d.name}” in the ZIP swells beyond measure when it is unpacked: reading was stopped. Use only files that Rakkaeo made.`,
  }),
  notPackage: problem('package/not-package', {
    th: (d: { reason: string }) => `ไฟล์ ZIP นี้ไม่ใช่ชุดข้อมูลของพื้นที่ที่รากแก้วสร้าง (${d.reason}) เลือกไฟล์ที่ได้จากปุ่ม “ดาวน์โหลดทั้งหมด” หรือคำสั่ง rakkaeo export area`,
    en: d => `This ZIP is not a package of an area that Rakkaeo made (${d.reason}). Choose a file from the button “Download everything” or from rakkaeo export area.`,
  }),
  newer: problem('package/newer', {
    th: (d: { what: string }) => `ชุดข้อมูลนี้สร้างจากรากแก้วรุ่นใหม่กว่า (${d.what}) โปรดปรับรุ่นโปรแกรมของเครื่องนี้ก่อน`,
    en: d => `This package was made by a newer Rakkaeo (${d.what}). Bring the program of this machine up to date first.`,
  }),
  notWhole: problem('package/not-whole', {
    th: (_: Nothing) => 'ชุดข้อมูลนี้ไม่ครบ เพราะผู้ดาวน์โหลดไม่มีสิทธิเห็นทุกช่อง จึงนำเข้าไม่ได้ ขอไฟล์จากผู้ประสานระดับตำบลของพื้นที่ หรือผู้ดูแลเครื่อง',
    en: () => 'This package is not complete: whoever made it may not see every field, so it cannot be imported. Ask the tambon integrator of the place or the operator of the machine for one.',
  }),
  changed: problem('package/changed', {
    th: (d: { name: string }) => `“${d.name}” ไม่ตรงกับที่บันทึกไว้ในชุดข้อมูล ไฟล์เสียหายหรือถูกแก้ ${AGAIN.th}`,
    en: d => `“${d.name}” is not what the package says of it: the file is damaged or was changed. ${AGAIN.en}`,
  }),
  badLine: problem('package/bad-line', {
    th: (d: { name: string; line: number; reason: string }) => `“${d.name}” บรรทัดที่ ${d.line} อ่านไม่ได้ (${d.reason}) ไม่มีอะไรถูกนำเข้า ${AGAIN.th}`,
    en: d => `Line ${d.line} of “${d.name}” cannot be read (${d.reason}). Nothing was imported. ${AGAIN.en}`,
  }),
  elsewhere: problem('package/elsewhere', {
    th: (d: { name: string; line: number; area: string; found: string }) => `“${d.name}” บรรทัดที่ ${d.line} เป็นของ ${d.found} ซึ่งไม่อยู่ใน ${d.area} จึงไม่นำเข้า ใช้ไฟล์ที่รากแก้วสร้างโดยไม่แก้`,
    en: d => `Line ${d.line} of “${d.name}” is of ${d.found}, which is not in ${d.area}: nothing was imported. Use a file as Rakkaeo made it.`,
  }),
  noArea: problem('package/no-area', {
    th: (d: { area: string }) => `เครื่องนี้ไม่รู้จักพื้นที่ ${d.area} บอกการเปลี่ยนแปลงของพื้นที่ก่อน แล้วนำเข้าอีกครั้ง`,
    en: d => `This machine does not know the area ${d.area}. Tell it of the change of areas first, then import again.`,
  }),
  otherForm: problem('package/other-form', {
    th: (d: { dataset: string; version: string }) => `เครื่องนี้มีแบบฟอร์ม ${d.dataset} รุ่น ${d.version} ที่เนื้อหาต่างจากในชุดข้อมูล คำตอบจะถูกอ่านผิด จึงไม่นำเข้า ปรับรุ่นโปรแกรมให้ตรงกันก่อน`,
    en: d => `This machine has another form ${d.dataset} of version ${d.version} than the package: its answers would be read wrongly, so nothing was imported. Bring both programs to the same version first.`,
  }),
  noForm: problem('package/no-form', {
    th: (d: { dataset: string; version: string }) => `ชุดข้อมูลไม่มีแบบฟอร์ม ${d.dataset} รุ่น ${d.version} ที่ใช้อ่านรายการ จึงไม่นำเข้า ${AGAIN.th}`,
    en: d => `The package lacks the form ${d.dataset} of version ${d.version}, by which its records are read: nothing was imported. ${AGAIN.en}`,
  }),
  misfiled: problem('package/misfiled', {
    th: (d: { name: string; line: number; field: string }) => `“${d.name}” บรรทัดที่ ${d.line}: “${d.field}” ไม่ได้เก็บตามชั้นความลับที่แบบฟอร์มบอก จึงไม่นำเข้า ใช้ไฟล์ที่รากแก้วสร้างโดยไม่แก้`,
    en: d => `Line ${d.line} of “${d.name}”: “${d.field}” is not kept as closely as its form says, so nothing was imported. Use a file as Rakkaeo made it.`,
  }),
}
