import type { ImportFault } from '../../domain/import/import.ts'
import { faultOf, importProblems, type ImportProblem, type Spot } from '../../domain/import/problems.ts'

/** A book of what was found: everything is counted, the first of each severity are kept, so that a wholly wrong file stays readable. */
export type FaultBook = {
  add: <K extends ImportProblem>(code: K, spot: Spot, details: Parameters<typeof faultOf<K>>[2]) => void
  errors: () => number
  warnings: () => number
  /** Errors first, each in the order of finding. */
  list: () => ImportFault[]
}

export function makeFaultBook(keptOfEach: number): FaultBook {
  const kept: Record<'error' | 'warning', ImportFault[]> = { error: [], warning: [] }
  const counts = { error: 0, warning: 0 }
  return {
    add: (code, spot, details) => {
      const { severity } = importProblems[code]
      counts[severity]++
      if (kept[severity].length < keptOfEach) kept[severity].push(faultOf(code, spot, details))
    },
    errors: () => counts.error,
    warnings: () => counts.warning,
    list: () => [...kept.error, ...kept.warning],
  }
}
