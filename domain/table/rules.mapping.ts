import type { Text } from '../base/text.ts'
import type { TableField, TableMapping } from './table.ts'

/** The column that is put behind the faulty rows of a file; given again, it goes nowhere. */
export const FAULT_COLUMN: Text = { th: 'ต้องแก้อะไร', en: 'What to mend' }

/** What is not right about a mapping itself; null: it can be tried. */
export function faultOfMapping({ columns, constants }: TableMapping, count: number, fields: readonly TableField[]): Text | null {
  const known = new Map(fields.map(field => [field.key, field])), taken = new Set<string>()
  for (const { column, target, field } of columns) {
    const name = target === 'field' ? `field ${field}` : target
    if (column >= count) return { th: `ไม่มีคอลัมน์ที่ ${column + 1} ในไฟล์`, en: `the file has no column ${column + 1}.` }
    if (target === 'field' && !known.has(field ?? '')) return { th: `ไม่มีช่อง “${field ?? ''}” ให้ลง`, en: `there is no field “${field ?? ''}”.` }
    if (taken.has(name)) return { th: `มีสองคอลัมน์ไปช่องเดียวกัน (${known.get(field ?? '')?.label.th ?? name})`, en: `two columns go to the same field (${known.get(field ?? '')?.label.en ?? name}).` }
    taken.add(name)
  }
  const unknown = Object.keys(constants).find(key => !known.has(key))
  return unknown === undefined ? null : { th: `ไม่มีช่อง “${unknown}” ในแบบฟอร์มนี้`, en: `the form has no field “${unknown}”.` }
}
