import { buengKan } from './ledger.bueng-kan.ts'
import { khwaengSplits } from './ledger.bangkok.ts'
import { makeArea, type AreaRow } from './area.ts'
import { CHANGE_COLUMNS, type ChangeRow } from './change.ts'
import { renames } from './ledger.renames.ts'
import { villageEnds } from './ledger.villages.ts'

/** The ledger, and the areas of today and of the past with their days set from it. */
export function withLedger(current: readonly AreaRow[]): { areas: AreaRow[]; changes: ChangeRow[] } {
  const parts = [khwaengSplits(), buengKan(current), villageEnds(current), renames(current)]
  const changes = parts.flatMap(part => part.changes).map(makeChange)
  const retired = parts.flatMap(part => part.retired).map(area => makeArea(area as AreaRow))
  const ends = new Map(changes.filter(change => change.predecessor && change.predecessor !== change.successor).map(change => [change.predecessor, change.day]))
  const starts = new Map(changes.filter(change => change.kind === 'created').map(change => [change.successor, change.day]))
  const areas = [...current, ...retired].map(area => ({
    ...area, valid_until: ends.get(area.code) ?? '', valid_from: startOf(starts, area.code),
  }))
  return { areas, changes }
}

/** What lies in a created area carries its codes, so it begins with it. */
function startOf(starts: ReadonlyMap<string, string>, code: string): string {
  return [...starts].find(([created]) => code.startsWith(created))?.[1] ?? ''
}

function makeChange(change: Partial<ChangeRow>): ChangeRow {
  const blank = Object.fromEntries(CHANGE_COLUMNS.map(column => [column, ''])) as ChangeRow
  return { ...blank, share: '1', ...change }
}
