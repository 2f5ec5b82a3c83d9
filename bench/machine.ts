import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem, type } from 'node:os'

/** The machine, what else it was doing (a load of 0 is a quiet machine), and the code that a table was measured on. */
export function describeMachine(): string {
  const models = [...new Set(cpus().map(({ model }) => model.trim()))].join(', ')
  const memoryGb = Math.round(totalmem() / 1024 ** 3)
  const [, , load] = loadavg()
  return `${cpus().length} × ${models}, ${memoryGb} GB, ${type()}, Node ${process.versions.node}, load ${load?.toFixed(1)} over the last quarter of an hour (the measuring included), commit ${commit()}`
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', cwd: import.meta.dirname }).trim()
  try {
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') ? ' with changes' : '')
  } catch {
    return 'unknown'
  }
}
