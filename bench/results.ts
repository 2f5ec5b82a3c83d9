/** One line of the table: what was done, at which size, how long we took, and what stands beside it. */
export type Result = {
  task: string
  size: string
  ours: string
  /** A peer, or what the machine needs for the bare thing, measured in the same run. */
  beside: string
  budget?: string
}

/** @example inMs(0.1234) // => '0.12 ms' */
export function inMs(ms: number): string {
  return ms >= 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${ms.toPrecision(ms >= 1000 ? 4 : ms >= 100 ? 3 : 2).replace(/\.0+$/, '')} ms`
}

export function inKb(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`
}

export function perSecond(count: number, ms: number): string {
  return `${Math.round(count / ms * 1000).toLocaleString('en')} rows/s`
}

/** A Markdown table. */
export function tableOf(results: Result[]): string {
  const rows = results.map(({ task, size, ours, beside, budget }) => `| ${[task, size, ours, beside, budget ?? ''].join(' | ')} |`)
  return ['| task | size | ours | beside it | budget |', '|---|---|---|---|---|', ...rows].join('\n')
}
