/**
 * A whole number shared out in whole numbers that add up to it: each share rounded down, what is left to the largest remainders, the first of
 * equals first (Hamilton's method).
 * @example apportion(10, [0.5, 0.25, 0.25]) // => [5, 3, 2]
 */
export function apportion(count: number, shares: readonly number[]): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0), exact = shares.map(share => count * share / total), whole = exact.map(Math.floor)
  const left = count - whole.reduce((sum, one) => sum + one, 0)
  const largest = exact.map((one, i) => ({ i, rest: one - (whole[i] as number) })).sort((a, b) => b.rest - a.rest || a.i - b.i).slice(0, left).map(({ i }) => i)
  return whole.map((one, i) => one + (largest.includes(i) ? 1 : 0))
}
