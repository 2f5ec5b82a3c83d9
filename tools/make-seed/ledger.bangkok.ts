import { registered, type Registered } from './registered.ts'
import type { ChangeRow, Part } from './change.ts'

/** Undivided khwaeng whose code stood in the registers until the end of 2019, and the khwaeng that divide their ground. */
const SPLITS: Record<string, string[]> = {
  TH104701: ['TH104702', 'TH104703'],
  TH105001: ['TH105002', 'TH105003', 'TH105004', 'TH105005'],
}
const LAST_YEAR = '2019'
const GONE = '2020-01-01'
const MILLION = 1_000_000

export function khwaengSplits(): Part {
  const last = new Map(registered().filter(row => row.year === LAST_YEAR).map(row => [row.code, row]))
  return {
    retired: Object.keys(SPLITS).map(code => ({ ...nameOf(last.get(code)!), code, level: 'tambon', type: 'khwaeng', has_shape: '1' })),
    changes: Object.entries(SPLITS).flatMap(([code, successors]) => split(last, code, successors)),
  }
}

function split(last: ReadonlyMap<string, Registered>, predecessor: string, successors: string[]): Partial<ChangeRow>[] {
  const before = last.get(predecessor)!
  return shares(successors.map(code => last.get(code)!.total)).map((share, i) => ({
    kind: 'split', day: GONE, precision: 'year', predecessor, successor: successors[i]!, share,
    name_before_th: before.name_th, name_before_en: before.name_en,
    name_after_th: last.get(successors[i]!)!.name_th, name_after_en: last.get(successors[i]!)!.name_en,
    note_th: `แขวง${before.name_th}เดิมมีชื่อในทะเบียนราษฎรครั้งสุดท้ายเมื่อสิ้นปี 2562 เหลือ ${before.total} คน แบ่งตามสัดส่วนประชากรของแขวงใหม่ในปีเดียวกัน`,
    note_en: `The undivided khwaeng last stood in the population register at the end of 2019, with ${before.total} left; shared out by the registered population of its successors in that year.`,
    source: 'dopa-population',
  }))
}

/** Decimal shares that add up to 1 exactly: the last one takes the rounding. @example shares([1, 2]) // => ['0.333333', '0.666667'] */
export function shares(persons: readonly number[]): string[] {
  const total = persons.reduce((sum, n) => sum + n, 0)
  const millionths = persons.slice(0, -1).map(n => Math.round(n / total * MILLION))
  const rest = MILLION - millionths.reduce((sum, n) => sum + n, 0)
  return [...millionths, rest].map(n => (n / MILLION).toFixed(6))
}

function nameOf(row: Registered): { name_th: string; name_en: string } {
  return { name_th: row.name_th, name_en: row.name_en }
}
