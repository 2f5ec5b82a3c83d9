import type { AreaChangeKind } from '../../domain/area/area.ts'
import type { AreaRow } from './area.ts'

/** One line of seed/area/change.csv. Empty text stands for "not known" or "none". */
export const CHANGE_COLUMNS = [
  'kind', 'day', 'precision', 'predecessor', 'successor', 'share',
  'name_before_th', 'name_before_en', 'name_after_th', 'name_after_en', 'note_th', 'note_en', 'source',
] as const
type Column = (typeof CHANGE_COLUMNS)[number]
export type ChangeRow = Record<Exclude<Column, 'kind' | 'precision'>, string> & { kind: AreaChangeKind; precision: 'day' | 'year' | 'before' }
/** What one piece of knowledge adds: areas that are no more, and lines of the ledger. */
export type Part = { retired: Partial<AreaRow>[]; changes: Partial<ChangeRow>[] }
