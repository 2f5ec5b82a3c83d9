import { describe, expect, test } from 'vitest'
import { AreaCode, DatasetId, RoundId } from '../base/ids.ts'
import type { Round } from './round.ts'
import { overlaps, roundBefore, roundOn } from './rules.ts'

const round = (n: number, from: string, until: string, area = 'TH58'): Round => ({
  id: RoundId.parse(`00000000-0000-4000-8000-00000000000${n}`), dataset: DatasetId.parse('household'), area: AreaCode.parse(area), name: { th: `รอบ ${n}`, en: `Round ${n}` }, from, until,
})
const [first, second, third, nations] = [round(1, '2025-01-01', '2025-03-31'), round(2, '2025-10-01', '2025-12-31'), round(3, '2026-10-01', '2026-12-31'), round(4, '2026-01-01', '2026-09-30', 'TH')]

describe('rounds of a dataset', () => {
  test('share a day, or do not', () => {
    expect([overlaps(first, second), overlaps(first, round(5, '2025-03-31', '2025-04-30')), overlaps(first, round(5, '2025-02-01', '2025-02-01'))]).toEqual([false, true, true])
  })

  test('the one before is the last of those who run this one, else of whoever does', () => {
    expect([roundBefore(third, [third, first, nations, second]), roundBefore(third, [third, nations]), roundBefore(first, [third, first])]).toEqual([second, nations, null])
    expect(roundBefore(third, [{ ...second, dataset: DatasetId.parse('attraction') }])).toBeNull()
  })

  test('a day falls in one, its first and last day too', () => {
    expect(['2025-10-01', '2025-12-31', '2026-01-01'].map(day => roundOn(day, [first, second]))).toEqual([second, second, null])
  })
})
