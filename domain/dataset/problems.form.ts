import type { Text } from '../base/text.ts'
import type { FormFault } from './dataset.form.ts'

type Severity = FormFault['severity']
type Say<D> = { th: (details: D) => string; en: (details: D) => string }
type Line<D> = { severity: Severity; say: Say<D> }

const error = <D = {}>(th: (d: D) => string, en: (d: D) => string): Line<D> => ({ severity: 'error', say: { th, en } })
const warning = <D = {}>(th: (d: D) => string, en: (d: D) => string): Line<D> => ({ severity: 'warning', say: { th, en } })

type Name = { name: string }
type Value = { value: string }

/** What can be wrong in an XLSForm, or not wise: what it is, and what to do. */
export const formProblems = {
  // sheets, columns, settings
  noSurvey: error(() => 'ไม่มีแผ่นงานชื่อ survey เพิ่มแผ่นงานนี้ซึ่งมีคอลัมน์ type, name, label', () => 'There is no sheet named survey. Add it, with the columns type, name and label.'),
  emptySurvey: error(() => 'แผ่นงาน survey ไม่มีคำถาม เพิ่มอย่างน้อยหนึ่งแถว', () => 'The sheet survey has no questions. Add at least one row.'),
  unsupportedSheet: error<Name>(d => `ยังไม่รองรับแผ่นงาน ${d.name} ลบออก หรือเติม _ ไว้หน้าชื่อ`, d => `The sheet ${d.name} is not supported. Remove it, or put _ before its name.`),
  nearSheet: warning<Name & { near: string }>(d => `ไม่ได้อ่านแผ่นงาน “${d.name}” หมายถึง “${d.near}” หรือไม่ ถ้าใช่ให้แก้ชื่อ ถ้าไม่ใช่ให้เติม _ ไว้หน้าชื่อ`, d => `The sheet “${d.name}” was not read. If “${d.near}” is meant, mend the name; if not, put _ before it.`),
  missingColumn: error<Name>(d => `ไม่มีคอลัมน์ ${d.name} เพิ่มคอลัมน์นี้`, d => `The column ${d.name} is missing. Add it.`),
  columnTwice: error<{ other: string }>(d => `คอลัมน์นี้คือคอลัมน์เดียวกับ “${d.other}” ลบออกหนึ่งคอลัมน์`, d => `This column is the same as “${d.other}”. Remove one of them.`),
  nearColumn: warning<{ near: string }>(d => `ไม่รู้จักคอลัมน์นี้ จึงไม่ได้ใช้ หมายถึง “${d.near}” หรือไม่`, d => `This column is not known and was not used. Is “${d.near}” meant?`),
  undeclaredPrefix: error<{ prefix: string }>(d => `ยังไม่ได้ประกาศคำนำหน้า “${d.prefix}” ใส่ ${d.prefix}="…" ในคอลัมน์ namespaces ของแผ่นงาน settings`, d => `The prefix “${d.prefix}” is not declared. Put ${d.prefix}="…" into the column namespaces of the sheet settings.`),
  badAttribute: error<Name>(d => `“${d.name}” ใช้เป็นชื่อแอตทริบิวต์ของ XML ไม่ได้ แก้ชื่อคอลัมน์`, d => `“${d.name}” cannot be the name of an XML attribute. Mend the name of the column.`),
  badNamespace: error<Value>(d => `อ่าน namespaces ไม่ได้ที่ “${d.value}” เขียนเป็น คำนำหน้า="ที่อยู่" คั่นด้วยช่องว่าง`, d => `The namespaces cannot be read at “${d.value}”. Write prefix="address", separated by spaces.`),
  unsupportedColumn: error(() => 'ยังไม่รองรับคอลัมน์นี้ ลบออก', () => 'This column is not supported. Remove it.'),
  manyRows: error(() => 'ใช้ได้เพียงแถวเดียว ลบแถวอื่นออก', () => 'Only one row is allowed here. Remove the others.'),
  badFormId: error<Value>(d => `รหัสแบบฟอร์ม “${d.value}” ใช้ไม่ได้ ใช้ตัวอักษร ตัวเลข จุด ขีด และขีดล่าง ไม่มีช่องว่าง`, d => `The form id “${d.value}” cannot be used: letters, digits, dots, hyphens and underscores, without spaces.`),
  noFormId: warning<Value>(d => `ไม่มี form_id จึงใช้ชื่อไฟล์ “${d.value}” ใส่ form_id ในแผ่นงาน settings เพื่อให้รหัสคงเดิมเมื่อเปลี่ยนชื่อไฟล์`, d => `There is no form_id, so the name of the file “${d.value}” is used. Put one into the sheet settings, so that it stays when the file is renamed.`),
  noVersion: warning(() => 'ไม่มีเลขรุ่น (version) ใส่ในแผ่นงาน settings เช่น 2026112601 และเพิ่มขึ้นทุกครั้งที่แก้แบบฟอร์ม', () => 'There is no version. Put one into the sheet settings, like 2026112601, and raise it whenever the form changes.'),
  badVersion: error<Value>(d => `เลขรุ่น “${d.value}” ใช้ไม่ได้ ใช้ตัวเลข ตัวอักษร จุด และขีด ไม่เกิน 40 ตัว ไม่มีช่องว่าง`, d => `The version “${d.value}” cannot be used: at most 40 digits, letters, dots, hyphens and underscores, without spaces.`),
  badSetting: error<Value & { allowed: string }>(d => `ค่า “${d.value}” ใช้ไม่ได้ ใช้ ${d.allowed}`, d => `The value “${d.value}” cannot be used. Write ${d.allowed}.`),
  encrypted: error(() => 'ยังไม่รองรับแบบฟอร์มเข้ารหัส (public_key) ลบค่านี้ออก', () => 'Encrypted forms (public_key) are not supported. Remove the value.'),
  unknownLanguage: warning<Value>(d => `default_language “${d.value}” ไม่ตรงกับภาษาของคอลัมน์ใดเลย เขียนให้ตรงกัน เช่น ไทย (th)`, d => `The default_language “${d.value}” is not the language of any column. Write it in the same way, like English (en).`),
  // questions and structure
  unknownType: error<Value>(d => `ไม่รู้จักประเภทคำถาม “${d.value}” ตรวจตัวสะกด`, d => `The type “${d.value}” is not known. Check its spelling.`),
  nearType: error<Value & { near: string }>(d => `ไม่รู้จักประเภทคำถาม “${d.value}” หมายถึง “${d.near}” หรือไม่`, d => `The type “${d.value}” is not known. Is “${d.near}” meant?`),
  unsupportedType: error<Value>(d => `ยังไม่รองรับคำถามประเภท “${d.value}” ลบแถวนี้ หรือใช้ประเภทอื่น`, d => `The type “${d.value}” is not supported. Remove the row, or use another type.`),
  unsupportedAppearance: error<Value>(d => `ยังไม่รองรับรูปแบบ “${d.value}” ลบออก หรือใช้ select_one_from_file แทน`, d => `The appearance “${d.value}” is not supported. Remove it, or use select_one_from_file instead.`),
  noType: error(() => 'แถวนี้ไม่มีประเภทคำถาม ใส่ในคอลัมน์ type', () => 'The row has no type. Write one into the column type.'),
  noName: error(() => 'แถวนี้ไม่มีชื่อ ใส่ในคอลัมน์ name', () => 'The row has no name. Write one into the column name.'),
  badName: error<Value>(d => `ชื่อ “${d.value}” ใช้ไม่ได้ ขึ้นต้นด้วยตัวอักษรหรือขีดล่าง ตามด้วยตัวอักษร ตัวเลข ขีด จุด หรือขีดล่าง ไม่มีช่องว่าง`, d => `The name “${d.value}” cannot be used. Begin with a letter or underscore, go on with letters, digits, hyphens, dots or underscores, without spaces.`),
  nameTwice: error<Value & { first: number }>(d => `ชื่อ “${d.value}” มีแล้วในกลุ่มเดียวกันที่แถว ${d.first} ตั้งชื่ออื่น`, d => `The name “${d.value}” stands in the same group at row ${d.first} already. Choose another.`),
  nameNearlyTwice: warning<Value & { other: string }>(d => `ชื่อ “${d.value}” ต่างจาก “${d.other}” เพียงตัวพิมพ์เล็กใหญ่ โปรแกรมวิเคราะห์หลายตัวจะเห็นเป็นชื่อเดียวกัน`, d => `The name “${d.value}” differs from “${d.other}” in upper and lower case only; many programs take them for one.`),
  repeatTwice: error<Value>(d => `กลุ่มซ้ำชื่อ “${d.value}” ต้องไม่ซ้ำกับกลุ่มซ้ำอื่นหรือชื่อแบบฟอร์ม ตั้งชื่ออื่น`, d => `The repeat “${d.value}” has the name of another repeat or of the form. Choose another name.`),
  reservedName: error<Value>(d => `ชื่อ “${d.value}” สงวนไว้สำหรับระบบ ตั้งชื่ออื่น`, d => `The name “${d.value}” is kept for the form itself. Choose another.`),
  unmatchedEnd: error<Value>(d => `“${d.value}” ไม่มี begin ที่คู่กัน ลบแถวนี้ หรือเติม begin`, d => `“${d.value}” has no begin that belongs to it. Remove the row, or add the begin.`),
  wrongEnd: error<Value & { open: string; row: number }>(d => `“${d.value}” ปิด “${d.open}” ที่แถว ${d.row} ไม่ได้ แก้ให้เป็นประเภทเดียวกัน`, d => `“${d.value}” cannot close the “${d.open}” of row ${d.row}. Make both the same kind.`),
  unmatchedBegin: error<Value>(d => `“${d.value}” ไม่มี end ที่คู่กัน เติม end หลังคำถามสุดท้ายของกลุ่ม`, d => `“${d.value}” has no end that belongs to it. Add the end after the last question of the group.`),
  tooDeep: error<{ limit: number }>(d => `กลุ่มซ้อนกันเกิน ${d.limit} ชั้น ลดจำนวนชั้น`, d => `Groups lie inside one another more than ${d.limit} deep. Use fewer.`),
  tooManyQuestions: error<{ limit: number }>(d => `แบบฟอร์มมีเกิน ${d.limit} แถว (loop นับทุกรอบ) แบ่งเป็นหลายแบบฟอร์ม`, d => `The form has more than ${d.limit} rows, each turn of a loop counted. Divide it into several forms.`),
  emptyGroup: warning<Name>(d => `กลุ่ม “${d.name}” ไม่มีคำถาม`, d => `The group “${d.name}” has no questions.`),
  missingLabel: error<Name>(d => `คำถาม “${d.name}” ไม่มีข้อความ ใส่ label, hint หรือรูป`, d => `The question “${d.name}” has no text. Give it a label, a hint or a picture.`),
  missingCalculation: error<Name>(d => `“${d.name}” ไม่มีสูตรคำนวณ ใส่ในคอลัมน์ calculation`, d => `“${d.name}” has no calculation. Write one into the column calculation.`),
  requiredGroup: warning<Name>(d => `บังคับตอบทั้งกลุ่ม “${d.name}” ไม่ได้ จึงไม่ได้ใช้ ใส่ required ที่คำถามข้างใน`, d => `The group “${d.name}” cannot be required, so this was not used. Write required at the questions inside.`),
  loopWithoutList: error(() => 'begin loop ต้องมีรายการ เขียนเป็น begin loop over ชื่อรายการ', () => 'begin loop needs a list. Write begin loop over NAME.'),
  unknownParameter: error<Name & { allowed: string }>(d => `คำถามประเภทนี้ไม่มีพารามิเตอร์ “${d.name}” ใช้ได้: ${d.allowed}`, d => `This type has no parameter “${d.name}”. Allowed: ${d.allowed}.`),
  badParameter: error<Name & { value: string; expected: Text }>(d => `พารามิเตอร์ ${d.name} เป็น “${d.value}” ไม่ได้ ต้องเป็น${d.expected.th}`, d => `The parameter ${d.name} cannot be “${d.value}”; it must be ${d.expected.en}.`),
  unreadableParameters: error<Value>(d => `อ่านพารามิเตอร์ “${d.value}” ไม่ได้ เขียนเป็น ชื่อ=ค่า คั่นด้วยช่องว่าง`, d => `The parameters cannot be read at “${d.value}”. Write name=value, separated by spaces.`),
  unsupportedParameter: error<Name>(d => `ยังไม่รองรับพารามิเตอร์ ${d.name} ลบออก`, d => `The parameter ${d.name} is not supported. Remove it.`),
  badRange: error(() => 'ช่วงค่าไม่ถูกต้อง step ต้องมากกว่า 0 และไม่เกินระยะจาก start ถึง end', () => 'The range is not valid: step must be above 0 and no more than the way from start to end.'),
  // lists of choices
  noChoices: error(() => 'ไม่มีแผ่นงาน choices เพิ่มแผ่นงานนี้ซึ่งมีคอลัมน์ list_name, name, label', () => 'There is no sheet choices. Add it, with the columns list_name, name and label.'),
  unknownList: error<Name>(d => `ไม่มีรายการตัวเลือก “${d.name}” ในแผ่นงาน choices เพิ่ม หรือแก้ชื่อ`, d => `The sheet choices has no list “${d.name}”. Add it, or mend the name.`),
  unknownExternalList: error<Name>(d => `ไม่มีรายการ “${d.name}” ในแผ่นงาน external_choices เพิ่ม หรือแก้ชื่อ`, d => `The sheet external_choices has no list “${d.name}”. Add it, or mend the name.`),
  externalWithoutFilter: warning(() => 'select_one_external มีไว้สำหรับรายการที่กรอง ใส่ choice_filter หรือใช้ select_one', () => 'select_one_external is meant for filtered lists. Add a choice_filter, or use select_one.'),
  onlyInCollect: warning(() => 'select_one_external แสดงเป็นรายการเฉพาะใน ODK Collect ในเว็บเป็นช่องข้อความ ใช้ select_one_from_file แทน', () => 'select_one_external shows a list in ODK Collect alone; on the web it is a field for text. Use select_one_from_file instead.'),
  selectWithoutList: error<Value>(d => `“${d.value}” ต้องตามด้วยชื่อรายการตัวเลือก`, d => `“${d.value}” must be followed by the name of a list.`),
  badFile: error<Name>(d => `ไฟล์ตัวเลือก “${d.name}” ต้องลงท้ายด้วย .csv, .geojson หรือ .xml`, d => `The file of choices “${d.name}” must end in .csv, .geojson or .xml.`),
  fileTwice: error<Name & { other: string }>(d => `ชื่อ “${d.name}” หมายถึงทั้งไฟล์ ${d.other} และแหล่งอื่น ตั้งชื่อให้ต่างกัน`, d => `The name “${d.name}” means both ${d.other} and something else. Give them different names.`),
  choiceWithoutList: error(() => 'ตัวเลือกนี้ไม่มีชื่อรายการ ใส่ในคอลัมน์ list_name', () => 'The choice belongs to no list. Write one into the column list_name.'),
  choiceWithoutName: error<{ list: string }>(d => `ตัวเลือกของรายการ “${d.list}” ไม่มีค่า ใส่ในคอลัมน์ name`, d => `A choice of the list “${d.list}” has no value. Write one into the column name.`),
  choiceWithoutLabel: warning<Name>(d => `ตัวเลือก “${d.name}” ไม่มีข้อความ ใส่ในคอลัมน์ label`, d => `The choice “${d.name}” has no label. Write one into the column label.`),
  choiceTwice: error<Name & { list: string; first: number }>(d => `รายการ “${d.list}” มีค่า “${d.name}” แล้วที่แถว ${d.first} เปลี่ยนค่า หรือใส่ allow_choice_duplicates = yes ในแผ่นงาน settings`, d => `The list “${d.list}” has the value “${d.name}” at row ${d.first} already. Change it, or put allow_choice_duplicates = yes into the sheet settings.`),
  choiceWithSpace: error<Name>(d => `ค่า “${d.name}” มีช่องว่าง คำถามที่เลือกได้หลายข้อใช้ค่าเช่นนี้ไม่ได้ เปลี่ยนเป็นขีดล่าง`, d => `The value “${d.name}” has a space; a question with several answers cannot use it. Write an underscore instead.`),
  badChoiceColumn: warning<Name>(d => `ชื่อคอลัมน์ “${d.name}” ใช้ในตัวกรองไม่ได้ จึงไม่ได้ใช้ ตั้งชื่อไม่ให้มีช่องว่าง`, d => `The column “${d.name}” cannot be used in a filter and was left out. Give it a name without spaces.`),
  otherWithFilter: error(() => 'ใช้ or_other กับ choice_filter ไม่ได้ เพิ่มตัวเลือก other และคำถามเองแทน', () => 'or_other cannot go with a choice_filter. Add the choice other and its question yourself instead.'),
  otherUntranslated: warning<Name>(d => `or_other ของ “${d.name}” เติมข้อความ Other และ Specify other. เป็นภาษาอังกฤษในทุกภาษา เพิ่มตัวเลือก other และคำถามเองแทน`, d => `or_other of “${d.name}” adds Other and Specify other. in English to every language. Add the choice other and its question yourself instead.`),
  tableListFilter: error(() => 'คำถามแรกของ table-list ใช้ choice_filter ไม่ได้', () => 'The first question of a table-list cannot have a choice_filter.'),
  tableListMixed: error<{ first: string; list: string }>(d => `คำถามใน table-list ต้องใช้รายการเดียวกัน “${d.first}” ไม่ใช่ “${d.list}”`, d => `The questions of a table-list must use one list: “${d.first}”, not “${d.list}”.`),
  manyChoices: warning<Name & { count: number }>(d => `รายการ “${d.name}” มี ${d.count} ตัวเลือก แบบฟอร์มจะช้าบนโทรศัพท์ ใช้ไฟล์ CSV (select_one_from_file) แทน`, d => `The list “${d.name}” has ${d.count} choices; the form will be slow on a phone. Use a CSV file (select_one_from_file) instead.`),
  // expressions
  unknownReference: error<Name>(d => `ไม่มีคำถามชื่อ “${d.name}” แก้ชื่อใน \${…}`, d => `There is no question named “${d.name}”. Mend the name in \${…}.`),
  nearReference: error<Name & { near: string }>(d => `ไม่มีคำถามชื่อ “${d.name}” หมายถึง “${d.near}” หรือไม่`, d => `There is no question named “${d.name}”. Is “${d.near}” meant?`),
  ambiguousReference: error<Name & { rows: string }>(d => `มีหลายคำถามชื่อ “${d.name}” (แถว ${d.rows}) ตั้งชื่อให้ต่างกัน`, d => `Several questions are named “${d.name}” (rows ${d.rows}). Give them different names.`),
  badReference: error<Value>(d => `อ่านการอ้างถึงที่ “${d.value}” ไม่ได้ เขียนเป็น \${ชื่อ}`, d => `The reference cannot be read at “${d.value}”. Write \${name}.`),
  unbalanced: error<Value>(d => `วงเล็บไม่ครบคู่ที่ “${d.value}” เติมหรือลบวงเล็บ`, d => `The parentheses do not match at “${d.value}”. Add or remove one.`),
  openQuote: error<Value>(d => `เครื่องหมายคำพูดไม่ครบคู่ที่ “${d.value}” เติมอีกตัว`, d => `A quotation mark is not closed at “${d.value}”. Add the other one.`),
  badExpression: error<Value>(d => `อ่านสูตรไม่ได้ที่ “${d.value}” ตรวจเครื่องหมายและช่องว่าง`, d => `The expression cannot be read at “${d.value}”. Check operators and quotation marks.`),
  unknownFunction: error<Name>(d => `ไม่รู้จักฟังก์ชัน ${d.name}() ตรวจตัวสะกด`, d => `The function ${d.name}() is not known. Check its spelling.`),
  endlessPattern: error<{ pattern: string }>(d => `แบบอักขระ “${d.pattern}” ซ้ำสิ่งที่ซ้ำหรือเลือกได้อยู่แล้ว บางคำตอบจึงตรวจไม่รู้จบ เขียนใหม่โดยไม่มี * + ? {…} หรือ | ในวงเล็บที่ซ้ำ เช่น [กข]+ แทน (ก|ข)+`, d => `The pattern “${d.pattern}” repeats what repeats or may be chosen already: on some answers it would never end. Write it without * + ? {…} or | inside brackets that are repeated, like [ab]+ in the place of (a|b)+.`),
  unknownInstance: error<Name>(d => `ไม่มีรายการหรือไฟล์ชื่อ “${d.name}” เพิ่มแถว csv-external ชื่อนี้ หรือรายการในแผ่นงาน choices`, d => `There is no list or file named “${d.name}”. Add a row csv-external of this name, or the list to the sheet choices.`),
  circular: error<{ names: string }>(d => `สูตรอ้างถึงกันเป็นวง: ${d.names} แก้ให้ไม่วนกลับ`, d => `These depend on one another in a circle: ${d.names}. Break the circle.`),
  badTrigger: error<Value>(d => `trigger “${d.value}” ต้องเป็น \${ชื่อคำถาม} คั่นด้วยจุลภาค`, d => `The trigger “${d.value}” must be \${question}, separated by commas.`),
  hiddenTrigger: error<Name>(d => `“${d.name}” ไม่ปรากฏบนจอ จึงใช้เป็น trigger ไม่ได้`, d => `“${d.name}” is not shown, so it cannot be a trigger.`),
  // entities
  saveWithoutEntity: error(() => 'ใช้ save_to ต้องมีแผ่นงาน entities', () => 'save_to needs a sheet entities.'),
  saveInGroup: error(() => 'บันทึกกลุ่มเป็นคุณสมบัติไม่ได้ ใส่ save_to ที่คำถาม', () => 'A group cannot be saved as a property. Write save_to at a question.'),
  saveInRepeat: error(() => 'คำถามในกลุ่มซ้ำมีหลายคำตอบ จึงใช้ save_to ไม่ได้ ย้ายคำถามออกจากกลุ่มซ้ำ', () => 'A question inside a repeat has many answers, so save_to cannot be used. Move it out of the repeat.'),
  badProperty: error<Value>(d => `ชื่อคุณสมบัติ “${d.value}” ใช้ไม่ได้ ต้องเป็นชื่อแบบเดียวกับคำถาม ไม่ขึ้นต้นด้วย __ และไม่ใช่ name หรือ label`, d => `The property “${d.value}” cannot be used: a name like that of a question, not beginning with __, and neither name nor label.`),
  propertyTwice: error<Value & { first: number }>(d => `คุณสมบัติ “${d.value}” บันทึกแล้วที่แถว ${d.first}`, d => `The property “${d.value}” is saved at row ${d.first} already.`),
  badEntityList: error<Value>(d => `ชื่อรายการ “${d.value}” ใช้ไม่ได้ ขึ้นต้นด้วยตัวอักษร ไม่มีจุดหรือช่องว่าง ไม่ขึ้นต้นด้วย __`, d => `The list “${d.value}” cannot be used: begin with a letter, no dots or spaces, not beginning with __.`),
  entityNeedsId: error(() => 'update_if ต้องมี entity_id บอกว่าแก้สิ่งใด', () => 'update_if needs entity_id, to say what is changed.'),
  entityNeedsUpdate: error(() => 'มีทั้ง entity_id และ create_if ต้องมี update_if ด้วย', () => 'entity_id together with create_if needs update_if too.'),
  entityNeedsLabel: error(() => 'การสร้างสิ่งใหม่ต้องมี label', () => 'Making new things needs a label.'),
  // what is not wise
  hiddenDefault: warning<Name>(d => `ค่าเริ่มต้นของ “${d.name}” เป็นสูตร และคำถามอาจถูกซ่อนตอนเปิดแบบฟอร์ม ค่านี้จะว่างตลอดไปในบางโปรแกรม ใช้ calculation หรือ trigger แทน`, d => `The default of “${d.name}” is a formula, and the question can be hidden when the form opens: some programs then leave it empty for good. Use a calculation or a trigger instead.`),
  missingThai: warning<Name>(d => `“${d.name}” ไม่มีข้อความภาษาไทย เติมในคอลัมน์ของภาษา (th)`, d => `“${d.name}” has no Thai text. Fill in the column of the language (th).`),
  noThai: warning(() => 'แบบฟอร์มไม่มีภาษาไทย เพิ่มคอลัมน์ label::ไทย (th)', () => 'The form has no Thai. Add a column label::ไทย (th).'),
  versionNotRaised: warning<{ version: string; earlier: string }>(d => `เลขรุ่น ${d.version} ไม่สูงกว่ารุ่นก่อนหน้า ${d.earlier} เพิ่มเลขรุ่น`, d => `The version ${d.version} is not above the earlier one, ${d.earlier}. Raise it.`),
}
export type FormProblem = keyof typeof formProblems
export type FormDetails<K extends FormProblem> = (typeof formProblems)[K] extends Line<infer D> ? D : never

/** Where in a workbook something was found. */
export type FormSpot = { sheet?: string | null; row?: number | null; column?: string | null }

/** Makes a fault. @example formFaultOf('unknownType', { sheet: 'survey', row: 4, column: 'type' }, { value: 'txt' }) */
export function formFaultOf<K extends FormProblem>(code: K, { sheet = null, row = null, column = null }: FormSpot, details: FormDetails<K>): FormFault {
  const { severity, say } = formProblems[code] as unknown as Line<FormDetails<K>>
  return { severity, code: `form/${code.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`, sheet, row, column, say: { th: say.th(details), en: say.en(details) } }
}
