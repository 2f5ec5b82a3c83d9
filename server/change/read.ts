import { sql } from 'kysely'
import type { AreaCode, ChangeId, PersonId } from '../../domain/base/ids.ts'
import type { ChangePlan, Followed, PlaceChange } from '../../domain/change/change.ts'
import type { Ground } from '../../domain/change/rules.number.ts'
import { toArea, type AreaRow } from '../area/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { TODAY } from '../db/today.ts'

type Row = { id: ChangeId; area: AreaCode; plan: ChangePlan; doneAt: Date; doneBy: PersonId | null; doneByName: string; undoneAt: Date | null; undoneByName: string | null }
const COLUMNS = sql`c.id, c.area_code as area, c.plan, c.done_at as "doneAt", c.done_by as "doneBy", c.done_by_name as "doneByName", c.undone_at as "undoneAt", c.undone_by_name as "undoneByName"`
const MOST = 500

function toChange({ doneAt, undoneAt, undoneByName, ...row }: Row): PlaceChange {
  return { ...row, doneAt: doneAt.toISOString(), undone: undoneAt && { at: undoneAt.toISOString(), byName: undoneByName ?? '' } }
}

/** What was done to these places and to what lies in them, the latest first. */
export async function listPlaceChanges(tx: Reader, areas: readonly AreaCode[]): Promise<PlaceChange[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from core.area_act c where ${within('c.area_code', areas)} order by c.done_at desc limit ${MOST}`.execute(tx)
  return rows.map(toChange)
}

export async function findPlaceChange(tx: Reader, areas: readonly AreaCode[], id: ChangeId): Promise<PlaceChange | null> {
  const { rows: [row] } = await sql<Row>`select ${COLUMNS} from core.area_act c where ${within('c.area_code', areas)} and c.id = ${id}`.execute(tx)
  return row ? toChange(row) : null
}

/** Which codes became which. */
export async function listMoves(tx: Reader, { area, id }: Pick<PlaceChange, 'area' | 'id'>): Promise<{ from: AreaCode; to: AreaCode }[]> {
  const { rows } = await sql<{ from: AreaCode; to: AreaCode }>`select c.predecessor as "from", c.successor as "to" from core.area_act_row j join open.area_change c on c.id = (j.key ->> 'id')::bigint
    where j.area_code = ${area} and j.act_id = ${id} and j.place = 'core.area_change.area_code' and c.predecessor <> c.successor order by c.id`.execute(tx)
  return rows
}

/** What an act did to rows, by what they are of and where they went. */
export async function listFollowed(tx: Reader, { area, id }: Pick<PlaceChange, 'area' | 'id'>, places: readonly AreaCode[]): Promise<Followed[]> {
  const { rows } = await sql<Followed>`select place as what, was as "from", coalesce(becomes, was) as "to", count(*)::int as count from core.area_act_row
    where area_code = ${area} and act_id = ${id} and (${within('was', places)} or ${within('becomes', places)}) and place not in ('core.area.code', 'core.area_term.area_code', 'core.area_change.area_code', 'core.boundary.area_code', 'core.record_last.area_code', 'raw.act.change') group by 1, 2, 3 order by 1, 2, 3`.execute(tx)
  return rows
}

/** The areas of today in these places, and those themselves. */
export async function listGround(tx: Reader, areas: readonly AreaCode[]): Promise<Ground[]> {
  const { rows } = await sql<AreaRow>`select * from open.area where ${within('code', areas)} and (valid_until is null or valid_until > ${TODAY}) order by code`.execute(tx)
  return rows.map(toArea)
}

/** Every code below these that is or was in use. */
export async function listKnown(tx: Reader, areas: readonly AreaCode[]): Promise<Set<AreaCode>> {
  const { rows } = await sql<{ code: AreaCode }>`select code from open.area where ${within('code', areas)}`.execute(tx)
  return new Set(rows.map(({ code }) => code))
}

/** The last day on which the ledger says something of these places; null: it says nothing. */
export async function findLastChange(tx: Reader, codes: readonly AreaCode[]): Promise<{ code: AreaCode; day: string } | null> {
  const { rows: [last] } = await sql<{ code: AreaCode; day: string }>`select case when predecessor = any(${codes}) then predecessor else successor end as code, day from open.area_change
    where (predecessor = any(${codes}) or successor = any(${codes})) and kind <> 'renamed' order by day desc limit 1`.execute(tx)
  return last ?? null
}
