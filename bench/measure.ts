/** Durations of several runs of one thing, in milliseconds, sorted. */
export type Runs = { ms: number[] }

/** Runs `work` some times without counting, then counts. One after the other, as one person would. */
export async function measure(times: number, work: (run: number) => unknown, warmUp = Math.min(3, times)): Promise<Runs> {
  const ms: number[] = []
  for (let run = -warmUp; run < times; run++) {
    const began = performance.now()
    await work(run < 0 ? run + times : run)
    if (run >= 0) ms.push(performance.now() - began)
  }
  return { ms: ms.sort((a, b) => a - b) }
}

/** Takes turns between two sides, so that both meet the same machine. */
export async function measureBoth(times: number, ours: (run: number) => unknown, theirs: (run: number) => unknown): Promise<{ ours: Runs; theirs: Runs }> {
  const sides = { ours: { ms: [] as number[] }, theirs: { ms: [] as number[] } }
  for (let run = 0; run < times; run++) {
    sides.ours.ms.push(...(await measure(1, () => ours(run), 0)).ms)
    sides.theirs.ms.push(...(await measure(1, () => theirs(run), 0)).ms)
  }
  for (const { ms } of Object.values(sides)) ms.sort((a, b) => a - b)
  return sides
}

/** The value below which a share of the runs lies, by nearest rank. @example quantile({ ms: [1, 2, 3, 4] }, 0.5) // => 2 */
export function quantile({ ms }: Runs, share: number): number {
  return ms[Math.max(0, Math.ceil(ms.length * share) - 1)] ?? Number.NaN
}

export const median = (runs: Runs): number => quantile(runs, 0.5)
export const p95 = (runs: Runs): number => quantile(runs, 0.95)
