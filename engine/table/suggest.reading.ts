import type { Question } from '../../domain/dataset/dataset.form.ts'
import { CellReading, type TableColumn } from '../../domain/table/table.ts'
import { latinDigits } from './cell.result.ts'
import { readUnit, unitOf } from './units.ts'

const MONTHS = 12

/** How a column is read for a field: the order of its dates by what its samples allow, its unit by what stands in brackets behind its name. */
export function suggestReading({ name, samples }: TableColumn, { type, unit }: Pick<Question, 'type' | 'unit'>): CellReading {
  const usual = CellReading.parse({})
  if (type === 'date' || type === 'dateTime') return { ...usual, order: orderOf(samples) }
  const said = /\(([^()]+)\)\s*$/.exec(name)?.[1]
  if ((type !== 'integer' && type !== 'decimal') || unit === null || said === undefined) return usual
  const wanted = unitOf(unit), found = readUnit(said, wanted)
  return found?.unit && found.times === 1 && found.unit.kind === wanted.kind && found.unit.id !== wanted.id ? { ...usual, unit: found.unit.id } : usual
}

function orderOf(samples: readonly string[]): CellReading['order'] {
  const days = samples.map(sample => /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}$/.exec(latinDigits(sample))).filter(found => found !== null)
  return days.length > 0 && days.every(([, first]) => Number(first) <= MONTHS) && days.some(([, , second]) => Number(second) > MONTHS) ? 'mdy' : 'dmy'
}
