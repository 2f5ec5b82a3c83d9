import { TPMAP_FIGURES, type Place } from '../../domain/import/tpmap.ts'
import type { AreaCells } from '../table/tpmap-check.ts'
import { emptyLine, type Line } from './roll-up.ts'

/** A mean may miss the weighted mean of its parts by what publishers round away; a count may not miss its sum at all. */
export const TPMAP_TOLERANCE: readonly number[] = TPMAP_FIGURES.map(figure => figure.weighted ? 0.001 : 0)

/** The numbers that one area's cells make, in the order of the layout. A rate without its base is missing. */
export function lineOf(cells: AreaCells): Line {
  const line = emptyLine(TPMAP_FIGURES.length)
  const at = (place: Place) => cells[place.part]?.[place.index] ?? NaN
  TPMAP_FIGURES.forEach(({ numerator, denominator, weighted }, i) => {
    const top = at(numerator), base = denominator === null ? NaN : at(denominator)
    if (Number.isNaN(top) || (denominator !== null && Number.isNaN(base))) return
    line.numerator[i] = weighted ? top * base : top
    line.denominator[i] = base
  })
  return line
}
