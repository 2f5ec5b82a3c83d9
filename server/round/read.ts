import { sql } from 'kysely'
import type { AreaCode, DatasetId, RoundId } from '../../domain/base/ids.ts'
import { ancestorsOf } from '../../domain/area/rules.ts'
import type { Round, RoundEntry, RoundLock } from '../../domain/round/round.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'

type Row = { id: RoundId; dataset: DatasetId; area: AreaCode; name_th: string; name_en: string; from: string; until: string }
const COLUMNS = sql`r.id, r.dataset_id as dataset, r.area_code as area, r.name_th, r.name_en, r.from_day as "from", r.until_day as until`

function toRound({ name_th, name_en, ...row }: Row): Round {
  return { ...row, name: { th: name_th, en: name_en } }
}

export async function findRound(tx: Reader, id: RoundId): Promise<Round | null> {
  const { rows: [row] } = await sql<Row>`select ${COLUMNS} from core.round r where r.id = ${id}`.execute(tx)
  return row ? toRound(row) : null
}

/** Rounds that hold in these places, the latest first: run there, above, or inside; with what was locked of them there. */
export async function listRounds(tx: Reader, areas: readonly AreaCode[], dataset: DatasetId | null): Promise<RoundEntry[]> {
  const above = [...new Set(areas.flatMap(ancestorsOf))]
  const { rows } = await sql<Row>`
    select ${COLUMNS} from core.round r where (${within('r.area_code', areas)} or r.area_code = any(${above}::text[])) and (${dataset}::text is null or r.dataset_id = ${dataset})
    order by r.from_day desc, r.area_code, r.id`.execute(tx)
  const locks = await listLocks(tx, areas, rows.map(({ id }) => id))
  return rows.map(row => ({ ...toRound(row), locks: locks.get(row.id) ?? [] }))
}

type LockRow = { round: RoundId; area: AreaCode; at: Date; byName: string; records: number; remaining: number; openedAt: Date | null; openedBy: string | null; reason: string | null }

export async function listLocks(tx: Reader, areas: readonly AreaCode[], rounds: readonly RoundId[]): Promise<Map<RoundId, RoundLock[]>> {
  const { rows } = await sql<LockRow>`
    select l.round_id as round, l.area_code as area, l.locked_at as at, l.locked_by_name as "byName", l.records, l.remaining, l.opened_at as "openedAt", l.opened_by_name as "openedBy", l.reason
    from core.round_lock l where ${within('l.area_code', areas)} and l.round_id = any(${rounds}::uuid[]) order by l.id desc`.execute(tx)
  return new Map([...Map.groupBy(rows, row => row.round)].map(([round, own]) => [round, own.map(({ area, at, byName, records, remaining, openedAt, openedBy, reason }) => ({
    area, at: at.toISOString(), byName, records, remaining, opened: openedAt && { at: openedAt.toISOString(), byName: openedBy ?? '', reason: reason ?? '' },
  }))]))
}
