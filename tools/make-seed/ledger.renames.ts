import type { AreaRow } from './area.ts'
import type { ChangeRow, Part } from './change.ts'
import { registered } from './registered.ts'

/** A place whose name differs between the registers of two years was renamed, or its spelling corrected, in between. */
export function renames(current: readonly AreaRow[]): Part {
  const today = new Map(current.map(area => [area.code, area]))
  const seen = new Map<string, { name_th: string; name_en: string }>()
  const changes: Partial<ChangeRow>[] = []
  for (const row of registered()) {
    const before = seen.get(row.code)
    if (before && before.name_th !== row.name_th) changes.push(renamed(row.code, row.year, before, today.get(row.code)!))
    seen.set(row.code, row)
  }
  return { retired: [], changes }
}

function renamed(code: string, year: string, before: { name_th: string; name_en: string }, after: AreaRow): Partial<ChangeRow> {
  return {
    kind: 'renamed', day: `${year}-01-01`, precision: 'year', predecessor: code, successor: code,
    name_before_th: before.name_th, name_before_en: before.name_en, name_after_th: after.name_th, name_after_en: after.name_en,
    note_th: 'ชื่อในทะเบียนราษฎรต่างจากปีก่อน', note_en: 'The name in the population register differs from the year before.',
    source: 'dopa-population',
  }
}
