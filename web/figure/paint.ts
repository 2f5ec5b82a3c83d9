import { fullName } from '../../domain/area/rules.ts'
import type { FigureStatus } from '../../domain/figure/figure.ts'
import type { Lang } from '../../domain/base/text.ts'
import { classOf } from '../../engine/stats/breaks.ts'
import { compareNames } from '../base/format.ts'
import type { LayerRow } from './data.ts'
import type { Scale } from './scale.ts'

/** The values that a scale is cut from. */
export function valuesOf(rows: LayerRow[]): number[] {
  return rows.flatMap(row => row.figure.value === null ? [] : [row.figure.value])
}

/** How many places stand in each class. */
export function countClasses(rows: LayerRow[], scale: Scale): number[] {
  const classes = valuesOf(rows).map(value => classOf(value, scale.breaks))
  return scale.shades.map((_, i) => classes.filter(each => each === i).length)
}

/** How many places have no number, by reason. */
export function countGaps(rows: LayerRow[]): { status: FigureStatus; count: number }[] {
  const statuses = rows.flatMap(row => row.figure.value === null ? [row.figure.status] : [])
  return [...new Set(statuses)].map(status => ({ status, count: statuses.filter(each => each === status).length }))
}

/** By value with the highest first and gaps last, or by name as a dictionary has it. */
export function sortRows(rows: LayerRow[], order: 'value' | 'name', lang: Lang): LayerRow[] {
  const byName = (a: LayerRow, b: LayerRow) => compareNames(nameIn(a, lang), nameIn(b, lang), lang)
  if (order === 'name') return rows.toSorted(byName)
  return rows.toSorted((a, b) => (b.figure.value ?? -Infinity) - (a.figure.value ?? -Infinity) || byName(a, b))
}

/** The bare name: on a map of districts nobody needs to read “district” on each. */
export function nameIn(row: Pick<LayerRow, 'area'>, lang: Lang): string {
  return row.area.name[lang] || row.area.name.th || fullName(row.area, lang)
}
