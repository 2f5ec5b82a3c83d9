import type { AreaCode } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'

/** Which line of a table named a place in a year first. However long the table is, it takes four bytes for each place and year. */
export class FigureLines {
  readonly #years = new Map<Period, Uint32Array>()
  readonly #places: ReadonlyMap<AreaCode, number>

  /** `places`: each by its number, from 0; those of one level lie together, so that a table of one level touches no more than it needs. */
  constructor(places: ReadonlyMap<AreaCode, number>) {
    this.#places = places
  }

  /** The line that named it before; null: none, and now this one has. */
  enter(area: AreaCode, period: Period, line: number): number | null {
    let lines = this.#years.get(period)
    if (!lines) this.#years.set(period, lines = new Uint32Array(this.#places.size))
    const at = this.#places.get(area) as number, before = lines[at] as number
    if (before === 0) lines[at] = line
    return before === 0 ? null : before
  }
}
