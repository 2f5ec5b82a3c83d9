/** A record as the bench keeps it. */
export type Made = { id: string; area: string; title: string; kind: string; lat: number; lon: number }

const KINDS = { waterfall: 'น้ำตก', cave: 'ถ้ำ', temple: 'วัด', viewpoint: 'จุดชมวิว', market: 'ตลาด' }
const SYLLABLES = ['แม่', 'ห้วย', 'ผา', 'ปาง', 'นา', 'ทุ่ง', 'ดอย', 'ม่วง', 'แก้ว', 'ทอง', 'คำ', 'หลวง', 'สะงา', 'เสื่อ', 'บ่อง', 'มะผ้า', 'สร้อย', 'ศรี', 'ณรงค์', 'โขง', 'เขียว', 'แดง', 'ขาว', 'ลาง', 'ลอด', 'ปลา', 'ช้าง', 'เสือ', 'กวาง', 'ไทร', 'ยาง', 'สัก', 'รวก', 'ไผ่', 'ฝาง', 'จันทร์', 'พลู', 'ขาม', 'เปา', 'เงิน']
/** Names that every second place has. */
const COMMON = ['บ้านใหม่', 'หน้าเมือง', 'ป่าสัก', 'หนองบัว', 'กลางทุ่ง']
const SHARE_TWICE = 0.05, SHARE_COMMON = 0.1, METRES = 1 / 111_195, SPREAD_METRES = 6000, JITTER_METRES = 120

/** Records of a tambon, the same for the same turn; of some a second one, as another person wrote it down. */
export function makeTambon({ code, lat, lon }: { code: string; lat: number; lon: number }, turn: number, count: number): { records: Made[]; pairs: [string, string][] } {
  const draw = makeDice(turn + 1), pick = <T>(of: readonly T[]) => of[Math.floor(draw() * of.length)] as T, records: Made[] = [], pairs: [string, string][] = []
  const idOf = () => [8, 4, 4, 4, 12].map((length, part) => (part === 2 ? '4' : part === 3 ? '8' : '') + Array.from({ length: part === 2 || part === 3 ? length - 1 : length }, () => Math.floor(draw() * 16).toString(16)).join('')).join('-')
  const about = (middle: number, metres: number) => middle + (draw() - 0.5) * 2 * metres * METRES
  while (records.length < count) {
    const kind = pick(Object.keys(KINDS) as (keyof typeof KINDS)[]), own = draw() < SHARE_COMMON ? pick(COMMON) : Array.from({ length: 2 + Math.floor(draw() * 2) }, () => pick(SYLLABLES)).join('')
    const one: Made = { id: idOf(), area: code, title: KINDS[kind] + own, kind, lat: about(lat, SPREAD_METRES), lon: about(lon, SPREAD_METRES) }
    records.push(one)
    if (draw() > SHARE_TWICE || records.length >= count) continue
    const other: Made = { ...one, id: idOf(), title: misspell(one.title, draw), kind: draw() < 0.1 ? pick(Object.keys(KINDS)) : kind, lat: about(one.lat, JITTER_METRES), lon: about(one.lon, JITTER_METRES) }
    records.push(other)
    pairs.push([one.id, other.id].sort() as [string, string])
  }
  return { records, pairs }
}

const SLIPS: ((title: string, draw: () => number) => string)[] = [
  title => title,
  title => title.replace(/[\u0e48-\u0e4b]/, ''), // a tone forgotten
  title => title.replace('ศ', 'ส').replace('ณ', 'น').replace('ใ', 'ไ'),
  title => title.replace(/^(น้ำตก|ถ้ำ|วัด|จุดชมวิว|ตลาด)/, ''), // the kind left out
  title => `${title} (หมู่บ้านเรา)`,
  (title, draw) => { const at = 3 + Math.floor(draw() * Math.max(1, title.length - 3)); return title.slice(0, at) + title.slice(at + 1) }, // a letter lost
  title => title.replace('แ', 'เเ').replace('ำ', '\u0e4d\u0e32'),
]

function misspell(title: string, draw: () => number): string {
  const slip = SLIPS[Math.floor(draw() * SLIPS.length)] as (typeof SLIPS)[number]
  return slip(title, draw)
}

/** Numbers that look drawn and are the same each time (mulberry32). */
function makeDice(seed: number): () => number {
  let state = seed * 0x9e3779b1 >>> 0
  return () => {
    state = state + 0x6d2b79f5 >>> 0
    let mixed = Math.imul(state ^ state >>> 15, 1 | state)
    mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed
    return ((mixed ^ mixed >>> 14) >>> 0) / 4_294_967_296
  }
}
