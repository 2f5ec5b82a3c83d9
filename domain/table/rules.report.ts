import type { AreaCode } from '../base/ids.ts'
import type { Text } from '../base/text.ts'
import type { TableFault, TableReport, TableShape, UnresolvedPlace } from './table.ts'

/** What became of a row. */
export type RowOutcome = 'new' | 'updated' | 'unchanged' | 'faulty'
const FIRST = 5, MOST_PLACES = 1000, MOST_GROUPS = 500, MOST_CANDIDATES = 10, MOST_SHOWN = 300

/** Adds up what is found while a table goes by; however long it is, what is held stays small. */
export class ReportBook {
  readonly counts = { read: 0, good: 0, faulty: 0, new: 0, updated: 0, unchanged: 0 }
  readonly #groups = new Map<string, TableReport['faults'][number]>()
  readonly #places = new Map<string, { rows: number; candidates: readonly AreaCode[] }>()
  readonly #areas = new Map<AreaCode, number>()
  /** Of the file as a whole: with an error nothing of it can go in. */
  isBroken = false

  addRow(outcome: RowOutcome, faults: readonly TableFault[], area: AreaCode | null): void {
    this.counts.read++
    this.counts[outcome]++
    if (outcome !== 'faulty') this.counts.good++
    if (area !== null && (outcome === 'new' || outcome === 'updated')) this.#areas.set(area, (this.#areas.get(area) ?? 0) + 1)
    if (faults.length === 0) return
    const seen = new Set<TableReport['faults'][number]>()
    for (const fault of faults) this.#add(fault, seen)
  }

  addFault(fault: TableFault): void {
    if (fault.line === null && fault.weight === 'error') this.isBroken = true
    this.#add(fault, new Set())
  }

  addPlace(written: string, candidates: readonly AreaCode[]): void {
    const known = this.#places.get(written)
    if (known) known.rows++
    else if (this.#places.size < MOST_PLACES) this.#places.set(written, { rows: 1, candidates })
  }

  /** A row counts once in each group. */
  #add(fault: TableFault, seen: Set<TableReport['faults'][number]>): void {
    const key = `${fault.code} ${fault.column} ${fault.weight}`, known = this.#groups.get(key)
    const group = known ?? { code: fault.code, column: fault.column, weight: fault.weight, rows: 0, first: [] }
    if (!known && this.#groups.size < MOST_GROUPS) this.#groups.set(key, group)
    if (!seen.has(group)) group.rows++
    seen.add(group)
    if (group.first.length < FIRST) group.first.push({ ...fault, value: fault.value && fault.value.slice(0, MOST_SHOWN) })
  }

  toReport(outcome: TableReport['outcome'], shape: TableShape | null, nameOf: (area: AreaCode) => Text): TableReport {
    const byRows = <T extends { rows: number }>(a: T, b: T) => b.rows - a.rows
    const places: UnresolvedPlace[] = [...this.#places].map(([written, { rows, candidates }]) => ({ written, rows, candidates: candidates.slice(0, MOST_CANDIDATES).map(area => ({ area, name: nameOf(area) })) }))
    return {
      outcome, shape, rows: { ...this.counts },
      faults: [...this.#groups.values()].sort((a, b) => a.weight === b.weight ? byRows(a, b) : a.weight === 'error' ? -1 : 1),
      places: places.sort(byRows), byArea: [...this.#areas].map(([area, rows]) => ({ area, rows })).sort(byRows),
    }
  }
}

const ELSEWHERE = 'table/outside'
/** A row of a place where somebody else imports: there is nothing to mend about it. */
export const isElsewhere = ({ code }: Pick<TableFault, 'code'>): boolean => code === ELSEWHERE

/** How many rows stayed out for what can be mended. */
export function countToMend({ rows, faults }: Pick<TableReport, 'rows' | 'faults'>): number {
  return rows.faulty - (faults.find(isElsewhere)?.rows ?? 0)
}

/** The report of a file that could not even be opened, or was not begun. */
export function refusedFor(fault: TableFault): TableReport {
  const book = new ReportBook()
  book.addFault(fault)
  return book.toReport('refused', null, area => ({ th: area, en: area }))
}
