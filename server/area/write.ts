import { sql } from 'kysely'
import type { AreaChange, AreaLevel, AreaType } from '../../domain/area/area.ts'
import { parentOf } from '../../domain/area/rules.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import { depthOf, termsOf } from '../../engine/text/terms.ts'
import { copyInto, type Cell } from '../db/copy.ts'
import type { Writer } from '../db/db.ts'

/** An area as it is kept. `also`: other spellings and common names that the search finds it by. */
export type NewArea = {
  code: AreaCode; level: AreaLevel; type: AreaType; name: Text; also?: readonly string[]
  validFrom?: string | null; validUntil?: string | null; lat?: number | null; lon?: number | null; areaKm2?: number | null; hasShape?: boolean
}
export type Progress = (done: number, total: number) => void

const COLUMNS = ['code', 'level', 'type', 'parent_code', 'name_th', 'name_en', 'valid_from', 'valid_until', 'lat', 'lon', 'area_km2', 'has_shape']
const TERM_COLUMNS = ['area_code', 'term', 'whole', 'depth']

/** Adds areas, or brings those that are there up to date, with what they are found by. Nothing else is touched. */
export async function keepAreas(tx: Writer, areas: readonly NewArea[], progress: Progress = () => {}): Promise<void> {
  const counted = counter(progress, 2 * areas.length)
  await sql`create temp table if not exists area_in (like core.area) on commit drop`.execute(tx)
  await sql`truncate area_in`.execute(tx)
  await copyInto(tx, 'area_in', COLUMNS, counted(areas, area => [areaCells(area)]))
  await upsertAreas(tx)
  await sql`delete from core.area_term where area_code in (select code from area_in)`.execute(tx)
  await copyInto(tx, 'core.area_term', TERM_COLUMNS, counted(areas, termCells))
}

async function upsertAreas(tx: Writer): Promise<void> {
  const columns = sql.join(COLUMNS.map(column => sql.ref(column)))
  const given = sql.join(COLUMNS.map(column => sql.ref(`excluded.${column}`)))
  await sql`
    insert into core.area as held (${columns}) select ${columns} from area_in
    on conflict (code) do update set (${columns}) = row(${given})
    where held is distinct from excluded`.execute(tx)
}

function areaCells(area: NewArea): Cell[] {
  const { code, level, type, name, validFrom = null, validUntil = null, lat = null, lon = null, areaKm2 = null, hasShape = false } = area
  return [code, level, type, parentOf(code), name.th, name.en, validFrom, validUntil, lat, lon, areaKm2, hasShape]
}

function termCells(area: NewArea): Cell[][] {
  return termsOf(area).map(({ term, whole }) => [area.code, term, whole, depthOf(area.level)])
}

/** Rows made one item after another, with word of how far it is. */
function counter(progress: Progress, total: number) {
  const EVERY = 5000
  let done = 0
  return function* <T>(items: readonly T[], rows: (item: T) => Cell[][]): Generator<Cell[]> {
    for (const item of items) {
      yield* rows(item)
      if (++done % EVERY === 0 || done === total) progress(done, total)
    }
  }
}

/** Adds lines to the ledger. A line that is there is not written again: acts are never edited. */
export async function keepChanges(tx: Writer, changes: readonly Omit<AreaChange, 'id'>[]): Promise<void> {
  await tx.insertInto('core.area_change').values(changes.map(change => ({
    area_code: (change.predecessor ?? change.successor)!, kind: change.kind, day: change.day, precision: change.precision,
    predecessor: change.predecessor, successor: change.successor, share: change.share,
    name_before_th: change.nameBefore?.th ?? null, name_before_en: change.nameBefore?.en ?? null,
    name_after_th: change.nameAfter?.th ?? null, name_after_en: change.nameAfter?.en ?? null,
    note_th: change.note?.th ?? null, note_en: change.note?.en ?? null, source: change.source,
  }))).onConflict(conflict => conflict.columns(['area_code', 'kind', 'day', 'predecessor', 'successor']).doNothing()).execute()
}
