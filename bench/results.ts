/** One line of the table: what was done, at which size, how long we took, and what stands beside it. */
export type Result = {
  task: string
  size: string
  ours: string
  /** A peer, or what the machine needs for the bare thing, measured in the same run. */
  beside: string
  budget?: string
}

/** Two digits that count, three from a hundred on. @example inMs(0.1234) // => '0.12 ms' */
export function inMs(ms: number): string {
  const [value, unit] = ms >= 10_000 ? [ms / 1000, 's'] : [ms, 'ms']
  return `${value.toLocaleString('en', { maximumSignificantDigits: value >= 99.5 ? 3 : 2 })} ${unit}`
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
