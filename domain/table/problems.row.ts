import type { Text } from '../base/text.ts'
import { error, faultFrom, warning } from './problems.table.ts'

/** What is wrong with a row that could be read: where it lies, and which thing it is about. */
export const rowProblems = {
  noPlace: error<{}>(() => 'แถวนี้ไม่บอกว่าอยู่ที่ใด เติมรหัสพื้นที่ หรือจังหวัด อำเภอ และตำบล', () => 'The row does not say where it lies. Fill in the code of the place, or its province, district and tambon.'),
  unknownPlace: error<{ written: string }>(d => `ไม่รู้ว่า “${d.written}” คือพื้นที่ใด เลือกจากรายการที่ใกล้เคียง หรือแก้ชื่อในไฟล์`, d => `“${d.written}” is no place for sure. Choose one of those that come near, or mend the name in the file.`),
  widePlace: error<{ written: string }>(d => `“${d.written}” กว้างกว่าตำบล เติมชื่อตำบล หรือเลือกว่าให้เก็บไว้ที่ใด`, d => `“${d.written}” is wider than a tambon. Fill in the tambon, or choose where to keep it.`),
  outside: error<{ place: string }>(d => `${d.place} อยู่นอกพื้นที่ที่คุณนำเข้าได้ เอาแถวนี้ออก หรือให้ผู้ประสานของพื้นที่นั้นนำเข้า`, d => `${d.place} lies outside the places that you may import for. Take the row out, or let the integrator of that place import it.`),
  outsideForm: error<{ place: string }>(d => `แบบฟอร์มนี้เป็นของ ${d.place} เท่านั้น นำเข้าแถวของที่อื่นแยกต่างหาก`, d => `This form is for ${d.place} alone. Import the rows of other places apart from these.`),
  mendedPlace: warning<{ written: string; place: Text }>(d => `“${d.written}” อ่านว่า ${d.place.th} เพราะชื่อต่างกันเพียงเล็กน้อย ตรวจว่าถูกต้อง`, d => `“${d.written}” was read as ${d.place.en}: the names differ in a letter or two. See that it is right.`),
  badId: error<{}>(() => 'รหัสรายการนี้อ่านไม่ได้ ใช้รหัสตามไฟล์ที่ดาวน์โหลดจากระบบ หรือเว้นว่างเพื่อเพิ่มรายการใหม่', () => 'This is no id of a record. Use the ids of a file that was downloaded here, or leave it blank for a new record.'),
  noRecord: error<{}>(() => 'ไม่มีรายการรหัสนี้ในพื้นที่ที่คุณนำเข้าได้ เว้นว่างหากเป็นรายการใหม่', () => 'There is no such record in the places that you may import for. Leave the id blank if it is a new one.'),
  idTwice: error<{}>(() => 'รหัสรายการนี้อยู่ในไฟล์มากกว่าหนึ่งแถว เหลือไว้แถวเดียว', () => 'This id is in more than one row of the file. Leave one of them.'),
  blank: error<{}>(() => 'ช่องนี้ต้องมีค่า แต่แถวนี้เว้นว่าง เติมในไฟล์', () => 'This is needed, and the row leaves it blank. Fill it in.'),
  notGiven: error<{ field: Text }>(d => `ต้องมี “${d.field.th}” แต่ไม่มีคอลัมน์ใดบอก ใส่ค่าเดียวให้ทุกแถวได้ที่ข้อ 2`, d => `“${d.field.en}” is needed, and no column has it. Give one value for all rows in step 2.`),
  setAside: error<{ state: Text }>(d => `รายการนี้${d.state.th} จึงปรับปรุงไม่ได้ เปิดรายการอีกครั้งก่อน`, d => `The record is ${d.state.en} and takes no update. Open it again first.`),
}

/** What is wrong with a row of figures: its place, its year, its numbers. */
const figureProblems = {
  noYear: error<{}>(() => 'แถวนี้ไม่บอกปี เติมปี หรือบอกปีเดียวสำหรับทั้งไฟล์', () => 'The row does not say of which year it is. Fill in the year, or give one for the whole file.'),
  notYear: error<{}>(() => 'อ่านเป็นปีไม่ได้ พิมพ์ปี พ.ศ. หรือ ค.ศ. สี่หลัก เช่น 2558', () => 'This cannot be read as a year. Write four digits, B.E. or C.E.: 2558 or 2015.'),
  notThen: error<{ place: Text; year: string }>(d => `ไม่มีพื้นที่ ${d.place.th} เมื่อสิ้นปี ค.ศ. ${d.year} ใช้รหัสของพื้นที่ที่มีในปีนั้น`, d => `There was no ${d.place.en} at the end of ${d.year}. Use the code of a place that there was in that year.`),
  belowPublic: error<{ place: Text }>(d => `แหล่งข้อมูลนี้เผยแพร่ไม่ถึงระดับของ ${d.place.th} ให้ตัวเลขของพื้นที่ที่กว้างกว่าแทน`, d => `This source is not public down to the level of ${d.place.en}. Give the numbers of the wider place instead.`),
  placeTwice: error<{ place: string; year: string; line: number }>(d => `${d.place} ปี ค.ศ. ${d.year} อยู่ในบรรทัดที่ ${d.line} แล้ว เหลือไว้แถวเดียว`, d => `${d.place} in ${d.year} stands in line ${d.line} already. Leave one of them.`),
  belowZero: error<{}>(() => 'ตัวเลขของพื้นที่ต้องไม่ติดลบ แก้ค่า', () => 'A number of a place is not below zero. Mend it.'),
  noBase: error<{ of: Text }>(d => `“${d.of.th}” ต้องมีทั้งตัวตั้งและตัวหารที่มากกว่าศูนย์ เติมอีกช่อง หรือเว้นว่างทั้งคู่`, d => `“${d.of.en}” needs both its parts, and a base above zero. Fill in the other, or leave both blank.`),
  noNumbers: error<{}>(() => 'ยังไม่มีคอลัมน์ใดเป็นตัวเลขของแหล่งข้อมูลนี้ จับคู่อย่างน้อยหนึ่งคอลัมน์กับตัวชี้วัด', () => 'No column holds a number of this source yet. Let at least one go to an indicator.'),
  sumDiffers: warning<{ place: Text; year: string; given: number; summed: number }>(d => `${d.place.th} ปี ค.ศ. ${d.year} ให้ไว้ ${d.given} แต่พื้นที่ข้างในรวมได้ ${d.summed} จึงเก็บตามที่ให้ไว้`, d => `${d.place.en} in ${d.year}: ${d.given} was given, and what lies inside adds up to ${d.summed}. What was given is kept.`),
}
export const figureFault = faultFrom(figureProblems)

export const rowFault = faultFrom(rowProblems)
