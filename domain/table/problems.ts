import { problem } from '../base/problem.ts'
import type { Text } from '../base/text.ts'
import type { TableFault } from './table.ts'

type Nothing = Record<string, never>
const GIGABYTE = 2 ** 30

/** What can go wrong with the import of a table, beside what is told of its rows in the report. */
export const tableProblems = {
  notTable: problem('table/not-a-table', {
    th: (d: { fault: TableFault }) => d.fault.say.th,
    en: d => d.fault.say.en,
  }),
  noImport: problem('table/no-import', {
    th: (_: Nothing) => 'ไม่มีการนำเข้านี้ในพื้นที่ของคุณ',
    en: () => 'There is no such import in your places.',
  }),
  noForm: problem('table/no-form', {
    th: (d: { dataset: string }) => `ชุดข้อมูล ${d.dataset} ไม่มีแบบฟอร์มที่เปิดรับในพื้นที่ของคุณ เลือกชุดข้อมูลอื่น หรือให้ผู้ดูแลเผยแพร่แบบฟอร์มก่อน`,
    en: d => `The dataset ${d.dataset} has no open form in your places. Choose another one, or have a form published first.`,
  }),
  noRight: problem('table/no-right', {
    th: (_: Nothing) => 'บทบาทของคุณนำเข้าข้อมูลของคนหรือครัวเรือนไม่ได้ ให้ผู้ประสานของตำบลหรือจังหวัดนำเข้า',
    en: () => 'Your role may not import data about persons or households. The integrator of the tambon or province can.',
  }),
  fileMissing: problem('table/file-missing', {
    th: (_: Nothing) => 'คำขอไม่มีไฟล์ โปรดเลือกไฟล์ CSV, TSV หรือ XLSX หนึ่งไฟล์',
    en: () => 'There is no file in the request. Choose one file: CSV, TSV or XLSX.',
  }),
  tooLarge: problem('table/too-large', {
    th: (d: { limitBytes: number }) => `ไฟล์ใหญ่เกิน ${d.limitBytes / GIGABYTE} กิกะไบต์ จึงไม่รับ แบ่งเป็นหลายไฟล์ เช่น ตามอำเภอ`,
    en: d => `The file is larger than ${d.limitBytes / GIGABYTE} gigabytes and is not taken. Divide it, by district for instance.`,
  }),
  cutShort: problem('table/cut-short', {
    th: (_: Nothing) => 'ไฟล์มาไม่ครบ โปรดส่งใหม่อีกครั้ง ยังไม่มีอะไรถูกเก็บ',
    en: () => 'The file did not arrive whole. Send it again; nothing was kept.',
  }),
  fileGone: problem('table/file-gone', {
    th: (_: Nothing) => 'ไฟล์ของการนำเข้านี้ลบไปแล้ว เพราะนำเข้าเสร็จหรือครบ 30 วัน ให้ไฟล์ใหม่อีกครั้ง',
    en: () => 'The file of this import was erased, since it was finished or 30 days old. Give it again.',
  }),
  busy: problem('table/busy', {
    th: (_: Nothing) => 'กำลังทำงานกับไฟล์นี้อยู่ รอให้เสร็จก่อน',
    en: () => 'This file is being worked on. Wait until that is done.',
  }),
  done: problem('table/done', {
    th: (_: Nothing) => 'ไฟล์นี้นำเข้าแล้ว ย้อนการนำเข้าก่อนหากต้องการทำใหม่',
    en: () => 'This file was imported already. Take the import back first if it is to be done anew.',
  }),
  notMapped: problem('table/not-mapped', {
    th: (_: Nothing) => 'ยังไม่มีคอลัมน์ใดจับคู่กับช่องของชุดข้อมูล จับคู่อย่างน้อยหนึ่งคอลัมน์ก่อน',
    en: () => 'No column goes to a field of the dataset yet. Choose a field for at least one.',
  }),
  badMapping: problem('table/bad-mapping', {
    th: (d: { what: Text }) => `การจับคู่ไม่ถูกต้อง: ${d.what.th}`,
    en: d => `The mapping is not right: ${d.what.en}`,
  }),
  sameFile: problem('table/same-file', {
    th: (d: { at: string; by: string }) => `ไฟล์เดียวกันนี้นำเข้าชุดข้อมูลนี้แล้วเมื่อ ${d.at} โดย ${d.by} หากตั้งใจให้เข้าอีกครั้ง เลือก “นำเข้าซ้ำ”`,
    en: d => `The very same file went into this dataset before (${d.at}, ${d.by}). If it is meant to go in again, say so (“again”).`,
  }),
  notImported: problem('table/not-imported', {
    th: (_: Nothing) => 'ยังไม่ได้นำเข้าไฟล์นี้ หรือย้อนไปแล้ว จึงไม่มีอะไรให้ย้อน',
    en: () => 'This file was not imported, or was taken back already: there is nothing to take back.',
  }),
  touched: problem('table/touched', {
    th: (d: { records: number; first: readonly string[] }) => `ย้อนไม่ได้ เพราะมีการทำอย่างอื่นกับรายการจากไฟล์นี้แล้ว ${d.records} รายการ (${d.first.join(', ')})`,
    en: d => `This cannot be taken back: something else happened since to ${d.records} of its records (${d.first.join(', ')}).`,
  }),
  noSource: problem('table/no-source', {
    th: (d: { source: string }) => `ไม่มีแหล่งข้อมูล “${d.source}” ที่รับตารางตัวเลขได้ ดูรายการที่ /api/indicators`,
    en: d => `There is no source “${d.source}” that takes tables of numbers. See the list at /api/indicators.`,
  }),
  figuresChanged: problem('table/figures-changed', {
    th: (d: { figures: number; first: readonly string[] }) => `ย้อนไม่ได้ เพราะตัวเลขจากไฟล์นี้ ${d.figures} ค่าถูกไฟล์ที่มาทีหลังแทนแล้ว (${d.first.join(', ')}) ย้อนไฟล์นั้นก่อน`,
    en: d => `This cannot be taken back: a later file replaced ${d.figures} of its numbers (${d.first.join(', ')}). Take that one back first.`,
  }),
  beyond: problem('table/beyond', {
    th: (_: Nothing) => 'บางรายการจากไฟล์นี้อยู่นอกพื้นที่ของคุณ จึงย้อนไม่ได้ ให้คนที่นำเข้าหรือผู้ประสานของพื้นที่ที่กว้างกว่าย้อน',
    en: () => 'Some of its records lie outside your places. Whoever imported it, or the integrator of a wider place, can take it back.',
  }),
  notOwn: problem('table/not-own', {
    th: (_: Nothing) => 'ไฟล์นี้คนอื่นให้ไว้ จึงมีแต่เขาที่จับคู่และนำเข้าได้ ให้ไฟล์ของคุณเองแทน',
    en: () => 'Somebody else gave this file, and they alone map and import it. Give it yourself instead.',
  }),
  stopped: problem('table/stopped', {
    th: (_: Nothing) => 'เครื่องแม่ข่ายหยุดกลางคันทุกครั้งที่ทำงานกับไฟล์นี้ จึงไม่ลองอีก ไม่มีอะไรถูกเก็บ แบ่งไฟล์ให้เล็กลง หรือแจ้งผู้ดูแลระบบ',
    en: () => 'The server stopped each time it worked on this file, so it is not tried again. Nothing was kept. Divide the file, or tell the administrator.',
  }),
  rightEnded: problem('table/right-ended', {
    th: (_: Nothing) => 'สิทธินำเข้าของคุณสิ้นสุดก่อนที่งานจะเริ่ม จึงไม่มีอะไรถูกเก็บ',
    en: () => 'Your right to import ended before the work began. Nothing was kept.',
  }),
  noFaulty: problem('table/no-faulty', {
    th: (_: Nothing) => 'ไม่มีแถวที่ผิดของการนำเข้านี้ หรือเก็บครบ 30 วันและลบไปแล้ว หรือมีแต่คนที่ให้ไฟล์เท่านั้นที่ดูได้',
    en: () => 'There are no faulty rows of this import; or they were erased after 30 days; or they are for whoever gave the file alone.',
  }),
}
