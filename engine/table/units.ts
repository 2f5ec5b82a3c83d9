import { squeeze } from '../text/fold.ts'

/** A unit as a field names it: what it measures, how much of the kind's base it is, and how people write it. */
export type Unit = { id: string; kind: string; factor: number }

const AREA = { m2: 1, wa2: 4, ngan: 400, rai: 1_600, ha: 10_000, km2: 1_000_000 }
const WRITTEN: [kind: string, units: Record<string, number>, names: Record<string, string>][] = [
  ['area', AREA, { m2: 'ตารางเมตร ตร.ม. ตรม sqm sq.m.', wa2: 'ตารางวา ตร.ว. ตรว วา ว. square-wah sq.wah', ngan: 'งาน ง.', rai: 'ไร่ ร.', ha: 'เฮกตาร์ เฮกเตอร์ เฮกแตร์ hectare hectares', km2: 'ตารางกิโลเมตร ตร.กม. sqkm sq.km.' }],
  ['mass', { g: 0.001, khid: 0.1, kg: 1, ton: 1_000 }, { g: 'กรัม ก. gram grams', khid: 'ขีด', kg: 'กิโลกรัม กก. กิโล ก.ก. กิโลฯ kilogram kilograms', ton: 'ตัน t tons tonne tonnes' }],
  ['length', { mm: 0.001, cm: 0.01, inch: 0.0254, m: 1, wa: 2, sen: 40, km: 1_000 }, { mm: 'มิลลิเมตร มม. ม.ม.', cm: 'เซนติเมตร ซม. ซ.ม. เซน', inch: 'นิ้ว inches', m: 'เมตร ม. metre metres meter meters', wa: 'วา', sen: 'เส้น', km: 'กิโลเมตร กม. ก.ม. กิโล kilometre kilometres' }],
  ['volume', { litre: 0.001, m3: 1 }, { litre: 'ลิตร l litres liter liters', m3: 'ลูกบาศก์เมตร ลบ.ม. คิว cu.m.' }],
  ['share', { '%': 0.01, '1': 1 }, { '%': 'percent เปอร์เซ็นต์ เปอร์เซนต์ ร้อยละ' }],
  ['money', { baht: 1 }, { baht: 'บาท บ. thb' }],
  ...([['year', 'ปี'], ['month', 'เดือน'], ['day', 'วัน']] as const).map(([en, th]): [string, Record<string, number>, Record<string, string>] =>
    [`money per ${en}`, { [`baht/${en}`]: 1 }, { [`baht/${en}`]: `บาท บาท/${th} บาทต่อ${th} บ./${th} thb` }]),
  ...Object.entries({
    people: 'คน ราย person persons', households: 'ครัวเรือน หลังคาเรือน ครัว ครอบครัว household', places: 'แห่ง ที่ place', head: 'ตัว', groups: 'กลุ่ม group', funds: 'กองทุน fund', rooms: 'ห้อง room', seats: 'ที่นั่ง ที่ seat', beds: 'เตียง bed',
    a: 'ปี years year', '1/year': 'ครั้ง ครั้ง/ปี ครั้งต่อปี times',
  }).map(([id, names]): [string, Record<string, number>, Record<string, string>] => [`count of ${id}`, { [id]: 1 }, { [id]: names }]),
]

/** A sign is a word too, or nothing would be left of it. */
const nameOf = (text: string) => squeeze(text.replace('%', 'percent').replace('฿', 'บาท'))
const byId = new Map<string, Unit>(), byName = new Map<string, Unit[]>()
for (const [kind, units, names] of WRITTEN) {
  for (const [id, factor] of Object.entries(units)) {
    const unit = { id, kind, factor }
    byId.set(id, unit)
    for (const name of new Set([id, ...(names[id] ?? '').split(' ')].map(nameOf))) byName.set(name, [...byName.get(name) ?? [], unit])
  }
}
for (const [alias, id] of [['square-wah', 'wa2'], ['percent', '%']] as const) byId.set(alias, byId.get(id) as Unit)

/** By the name that fields and mappings use; of a unit that only its field knows, that unit. */
export function unitOf(id: string): Unit {
  return byId.get(id) ?? { id, kind: id, factor: 1 }
}

/** Thousands and millions stand before the unit: ล้านบาท. */
const TIMES: [RegExp, number][] = [[/^(?:ล้าน|million)/, 1_000_000], [/^แสน/, 100_000], [/^หมื่น/, 10_000], [/^(?:พัน|thousand)/, 1_000]]

/**
 * What a written unit is, where something of a kind is wanted; `times`: how many of it a number counts. Null: nobody knows it.
 * @example readUnit('ล้านบาท', unitOf('baht')) // => { unit: { id: 'baht', kind: 'money', factor: 1 }, times: 1000000 }
 */
export function readUnit(written: string, wanted: Unit | null): { unit: Unit | null; times: number } | null {
  const name = nameOf(written), [many, times] = TIMES.find(([pattern]) => pattern.test(name)) ?? [null, 1], rest = many ? name.replace(many, '') : name
  if (rest === '') return many || name === '' ? { unit: null, times } : null
  const units = byName.get(rest) ?? (wanted && rest === nameOf(wanted.id) ? [wanted] : [])
  const unit = units.find(unit => unit.kind === wanted?.kind) ?? units[0]
  return unit ? { unit, times } : null
}

export const isArea = (unit: Unit | null) => unit?.kind === 'area'
