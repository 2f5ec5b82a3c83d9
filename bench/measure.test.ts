import { expect, test } from 'vitest'
import { inMs } from './results.ts'
import { measure, measureBoth, median, p95, quantile } from './measure.ts'

test('the median of four runs is the second, the 95th percentile of twenty the nineteenth', () => {
  expect(quantile({ ms: [1, 2, 3, 4] }, 0.5)).toBe(2)
  const twenty = { ms: Array.from({ length: 20 }, (_, at) => at + 1) }
  expect([median(twenty), p95(twenty)]).toEqual([10, 19])
  expect(quantile({ ms: [] }, 0.5)).toBeNaN()
})

test('warming up is not counted, and both sides take turns', async () => {
  const said: string[] = []
  expect((await measure(2, run => said.push(`run ${run}`), 1)).ms).toHaveLength(2)
  await measureBoth(2, run => said.push(`ours ${run}`), run => said.push(`theirs ${run}`))
  expect(said).toEqual(['run 1', 'run 0', 'run 1', 'ours 0', 'theirs 0', 'ours 1', 'theirs 1'])
})

test('a duration has the digits that count, never a power of ten', () => {
  expect([0.12345, 3.456, 99.4, 99.6, 878.6, 1462.3, 38_012].map(inMs)).toEqual(['0.12 ms', '3.5 ms', '99 ms', '99.6 ms', '879 ms', '1,460 ms', '38 s'])
})
