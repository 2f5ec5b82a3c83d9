import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { writeXlsxStream } from 'hucre/xlsx'
import type { CellQuestion } from '../engine/table/cell.result.ts'

const field = (name: string, more: Partial<CellQuestion>): CellQuestion => ({ name, type: 'text', label: { th: name, en: name }, choices: null, unit: null, role: null, term: null, ...more })
/** Ten columns as a clerk's table has them: the last three say where it is. */
export const FIELDS = [
  field('name', {}), field('kind', { type: 'choice', choices: [{ value: 'rice', label: { th: 'ข้าว', en: 'Rice' } }, { value: 'maize', label: { th: 'ข้าวโพด', en: 'Maize' } }, { value: 'garlic', label: { th: 'กระเทียม', en: 'Garlic' } }] }),
  field('rai', { type: 'decimal', unit: 'rai' }), field('households', { type: 'integer', unit: 'households' }), field('baht', { type: 'integer', unit: 'baht' }), field('visited', { type: 'date' }), field('phone', {}),
]
export const PLACE_COLUMNS = ['province', 'district', 'tambon'] as const
const PLACES = [['แม่ฮ่องสอน', 'ปางมะผ้า', 'ถ้ำลอด'], ['แม่ฮ่องสอน', 'ปาย', 'เวียงใต้'], ['แม่ฮ่องสอน', 'ขุนยวม', 'แม่เงา']], KINDS = ['ข้าว', 'ข้าวโพด', 'กระเทียม']

function rowOf(i: number): string[] {
  const day = String(1 + i % 28).padStart(2, '0'), month = String(1 + i % 12).padStart(2, '0')
  return [`แปลงที่ ${i}`, KINDS[i % KINDS.length] as string, String(i % 97 / 4), String(i % 13), String(1_000 + i % 9_000), `${day}/${month}/2567`, `08${String(10_000_000 + i % 89_999_999)}`, ...PLACES[i % PLACES.length] as string[]]
}

const HEADER = [...FIELDS.map(({ name }) => name), ...PLACE_COLUMNS]
const LINES_AT_ONCE = 2_000

/** A plain CSV file, written as it is made. */
export async function writeCsvTable(path: string, rows: number): Promise<void> {
  await pipeline(function* () {
    yield HEADER.join(',') + '\n'
    for (let i = 0; i < rows; i += LINES_AT_ONCE) yield Array.from({ length: Math.min(LINES_AT_ONCE, rows - i) }, (_, at) => rowOf(i + at).join(',') + '\n').join('')
  }, createWriteStream(path))
}

/** The same with as many columns more as make fifteen, in a workbook: numbers as numbers, dates as dates. */
export async function writeXlsxTable(path: string, rows: number): Promise<void> {
  function* cells() {
    yield [...HEADER, 'a', 'b', 'c', 'd', 'e']
    for (let i = 0; i < rows; i++) {
      const [name, kind, rai, households, baht, , ...rest] = rowOf(i)
      yield [name as string, kind as string, Number(rai), Number(households), Number(baht), new Date(Date.UTC(2024, i % 12, 1 + i % 28)), ...rest, i, i * 2, i / 4, 'หมายเหตุ', i % 2 === 0]
    }
  }
  await pipeline(writeXlsxStream(cells(), { name: 'แปลง', inlineStrings: false }), createWriteStream(path))
}
