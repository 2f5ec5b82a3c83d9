import { CellReading, type TableColumn, type TableMapping } from '../../domain/table/table.ts'
import type { IsProvince } from './suggest.places.ts'
import { suggestMapping, type FieldQuestion } from './suggest.ts'

const CODE = /^(?:code|รหัส)$/i, CODES = /^(?:TH)?\d{2,10}$/

/** Where the columns of a table of figures go: a column that is called “code” and nothing more is the place's, where no other is. */
export function suggestFigures(columns: readonly TableColumn[], questions: readonly FieldQuestion[], isProvince: IsProvince): TableMapping {
  const { mapping } = suggestMapping(columns, questions, isProvince), mapped = mapping.columns.filter(({ target }) => !['lat', 'lon', 'record-id'].includes(target))
  const code = columns.find(({ name, index, samples }) => CODE.test(name.trim()) && samples.every(sample => CODES.test(sample)) && !mapped.some(({ column }) => column === index))
  if (!code || mapped.some(({ target }) => target !== 'field')) return { ...mapping, columns: mapped }
  return { ...mapping, columns: [...mapped, { column: code.index, target: 'place-code' as const, field: null, reading: CellReading.parse({}) }].sort((a, b) => a.column - b.column) }
}
