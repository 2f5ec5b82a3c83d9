import type { Manifest } from '../../domain/package/package.ts'
import type { Text } from '../../domain/base/text.ts'

type Told = { areaName: Text; madeBy: string; day: string; whole: boolean; withheld: Manifest['withheld'] }

/** What is what, for whoever opens the ZIP years later without this program. */
export function readmeOf({ areaName, madeBy, day, whole, withheld }: Told): string {
  const left = [...new Set(withheld.map(({ dataset, fields }) => `- ${dataset}: ${fields.join(', ')}`))]
  return [
    `ข้อมูลทั้งหมดของ${areaName.th}`, `ดาวน์โหลดโดย ${madeBy} เมื่อ ${day} จากรากแก้ว`, '',
    'data/        ตารางของแต่ละชุดข้อมูล: .csv และ .xlsx เปิดด้วยโปรแกรมตาราง, .geojson เปิดด้วยโปรแกรมแผนที่',
    '             ตารางที่ชื่อมีจุด เช่น household.member.csv คือแถวย่อย เชื่อมกับรายการด้วย record_id',
    '             ไม่มีรายการที่ไม่รับ ถอนออก หรือรวมเข้ากับรายการอื่นแล้ว เลขประจำตัวประชาชนปิดไว้บางส่วน',
    'photos/      ภาพถ่าย ชื่อไฟล์บอกว่าเป็นภาพอะไร และ photos/index.csv บอกว่าเป็นของรายการใด',
    'files/       ไฟล์อื่นที่ตอบไว้ เช่น เสียง', 'datapackage.json  บอกว่าแต่ละคอลัมน์หมายถึงอะไร (Frictionless Data Package)',
    ...whole ? [
      'original/    ต้นฉบับครบทุกอย่าง: ข้อมูลที่ส่งมาตามที่ได้รับ (XML) การกระทำกับรายการทุกครั้ง แบบฟอร์มทุกรุ่น และไฟล์แนบ',
      '             เลขประจำตัวประชาชนในนี้ปิดผนึกไว้ เปิดได้เฉพาะเครื่องที่มีกุญแจชุดเดิม', '',
      'นำเข้าเครื่องอื่น: rakkaeo import area ไฟล์นี้.zip',
    ] : ['', 'ชุดนี้ไม่ครบ และนำเข้าเครื่องอื่นไม่ได้ เพราะผู้ดาวน์โหลดไม่มีสิทธิเห็นช่องเหล่านี้:', ...left],
    '', 'มีข้อมูลของคนอยู่ในไฟล์นี้ เก็บไว้ในที่ปลอดภัย และใช้ตามวัตถุประสงค์ที่เก็บมาเท่านั้น (พ.ร.บ. คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562)', '', '----', '',
    `Everything of ${areaName.en}`, `Downloaded by ${madeBy} on ${day} from Rakkaeo`, '',
    'data/        the tables of each dataset: .csv and .xlsx for spreadsheets, .geojson for maps',
    '             a table with a dot in its name, such as household.member.csv, has the rows inside records; record_id joins them',
    '             without records that were rejected, withdrawn or merged into another; citizens’ numbers are masked',
    'photos/      photographs, named by what they show; photos/index.csv says which record each belongs to',
    'files/       other files that were answered, such as sound', 'datapackage.json  what each column means (Frictionless Data Package)',
    ...whole ? [
      'original/    the originals, nothing lost: what was sent as it came (XML), every act on the records, every version of the forms, and attachments',
      '             citizens’ numbers in here are sealed: only a machine with the same keys can open them', '',
      'Into another machine: rakkaeo import area THIS.zip',
    ] : ['', 'This package is not complete and cannot be imported elsewhere: whoever downloaded it may not see these fields:', ...left],
    '', 'There is data of people in this file: keep it in a safe place, and use it only for what it was collected for (Personal Data Protection Act B.E. 2562).', '',
  ].join('\r\n')
}
