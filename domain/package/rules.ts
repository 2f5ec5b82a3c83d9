import type { Text } from '../base/text.ts'
import type { AnswerType, Question } from '../dataset/dataset.form.ts'

const LONGEST_TITLE = 60

/** A part of a file's name that every system takes, and people read. @example slugOf('ถ้ำ “น้ำลอด” / 1') // => 'ถ้ำ-น้ำลอด-1' */
export function slugOf(text: string): string {
  const plain = text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
  return [...plain].slice(0, LONGEST_TITLE).join('').replace(/^-+|-+$/g, '')
}

export type Pictured = { dataset: string; record: string; title: string | null; row: number | null; key: string; name: string; mediaType: string }

/** Where a file that a record names lies in the package, by what it shows: the beginning of the record's id tells apart what has one title. */
export function pathOf({ dataset, record, title, row, key, name, mediaType }: Pictured): string {
  const folder = mediaType.startsWith('image/') ? 'photos' : 'files', ending = /\.[a-z0-9]{1,5}$/i.exec(name)?.[0].toLowerCase() ?? ''
  return `${folder}/${slugOf(dataset)}/${[slugOf(title ?? ''), record.slice(0, 8), row === null ? '' : String(row), slugOf(key)].filter(Boolean).join('-')}${ending}`
}

/** A path that no other file of the package has. @example freeOf('a.jpg', new Set(['a.jpg'])) // => 'a~2.jpg' */
export function freeOf(path: string, taken: ReadonlySet<string>): string {
  const [, before, ending] = /^(.*?)((?:\.[a-z0-9]{1,5})?)$/i.exec(path) as unknown as [string, string, string]
  for (let turn = 2, free = path; ; turn++) {
    if (!taken.has(free)) return free
    free = `${before}~${turn}${ending}`
  }
}

/** A column as a Table Schema says it (specs.frictionlessdata.io), with what it leaves out: labels in two languages, unit, term, how closely it is kept. */
export type Field = { name: string; type: string; format?: string; title: string; description?: string; labels?: Text; unit?: string; term?: string; sensitivity?: string; choices?: Record<string, Text> }

const TYPES: Partial<Record<AnswerType, Pick<Field, 'type' | 'format'>>> = {
  integer: { type: 'integer' }, decimal: { type: 'number' }, date: { type: 'date' }, time: { type: 'time', format: 'any' }, dateTime: { type: 'datetime', format: 'any' },
}
const POINT: [string, Text][] = [['lat', { th: 'ละติจูด', en: 'latitude' }], ['lon', { th: 'ลองจิจูด', en: 'longitude' }], ['altitude', { th: 'ความสูง (เมตร)', en: 'altitude (metres)' }], ['accuracy', { th: 'ความแม่นยำ (เมตร)', en: 'accuracy (metres)' }]]

/** The columns of a question; a position has four. What is not as its type says was kept as it came. */
export function fieldsOf({ type, role, label, hint, unit, term, sensitivity, choices }: Question, name: string): Field[] {
  const about = { ...hint && { description: `${hint.th} · ${hint.en}` }, ...unit && { unit }, ...term && { term }, sensitivity }
  const titled = ({ th, en }: Text) => ({ title: `${th} · ${en}`, labels: { th, en } })
  if (type === 'point') return POINT.map(([part, say]) => ({ name: `${name}.${part}`, type: 'number', ...titled({ th: `${label.th}: ${say.th}`, en: `${label.en}: ${say.en}` }), ...about }))
  const of = role === 'national-id' ? { type: 'string' } : TYPES[type] ?? { type: 'string' }
  return [{ name, ...of, ...titled(label), ...about, ...choices && choices.length <= MOST_CHOICES && { choices: Object.fromEntries(choices.map(choice => [choice.value, choice.label])) } }]
}

const MOST_CHOICES = 500

/** A Data Package takes names of letters and dashes alone; what the catalogue calls it is its title. @example licenseOf('License not specified').name // => 'License-not-specified' */
export function licenseOf(id: string): { name: string; title: string } {
  return { name: id.replace(/[^a-zA-Z0-9._]+/g, '-').replace(/^-|-$/g, '') || 'other', title: id }
}

/** What each record and each row has beside its answers, and what is told of each photograph. */
const FACTS: Record<string, [string, Text]> = {
  record_id: ['string', { th: 'รหัสรายการ', en: 'id of the record' }], area_code: ['string', { th: 'รหัสพื้นที่', en: 'area code' }], state: ['string', { th: 'สถานะ', en: 'state' }], day: ['date', { th: 'วันที่ของข้อมูล', en: 'day of the answers' }],
  made_at: ['datetime', { th: 'รับครั้งแรกเมื่อ', en: 'first received at' }], changed_at: ['datetime', { th: 'ปรับปรุงล่าสุดเมื่อ', en: 'last changed at' }], versions: ['integer', { th: 'จำนวนครั้งที่บันทึก', en: 'how many visits' }],
  path: ['string', { th: 'อยู่ที่', en: 'lies at' }], dataset: ['string', { th: 'ชุดข้อมูล', en: 'dataset' }], field: ['string', { th: 'คำถาม', en: 'question' }], title: ['string', { th: 'ชื่อรายการ', en: 'title of the record' }],
  file_name: ['string', { th: 'ชื่อไฟล์ตอนส่ง', en: 'name as it was sent' }], media_type: ['string', { th: 'ชนิดไฟล์', en: 'media type' }], bytes: ['integer', { th: 'ขนาด (ไบต์)', en: 'bytes' }], sha256: ['string', { th: 'รหัสตรวจ SHA-256', en: 'SHA-256 of its bytes' }],
  row: ['integer', { th: 'ลำดับแถวในรายการ', en: 'row in the record' }], parent_row: ['integer', { th: 'ลำดับแถวที่แถวนี้อยู่ภายใน', en: 'row that this one stands in' }],
}

export function factField(name: string): Field {
  const [type, labels] = FACTS[name] ?? ['string', { th: name, en: name }]
  return { name, type, ...type === 'datetime' && { format: 'any' }, title: `${labels.th} · ${labels.en}`, labels }
}
