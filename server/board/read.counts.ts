import { sql, type RawBuilder } from 'kysely'
import type { DatasetId } from '../../domain/base/ids.ts'
import type { BoardBy, Numbers } from '../../domain/board/board.ts'
import { addUp, NOTHING } from '../../domain/board/rules.ts'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import { countingStates, SET_ASIDE } from '../../domain/record/rules.state.ts'
import type { RecordState } from '../../domain/record/record.ts'
import { ladderOf } from '../../domain/record/rules.public.ts'
import type { Round } from '../../domain/round/round.ts'
import { countsOf, lastOf, type CountAsk } from '../count/read.ts'
import { listDatasets } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { isEverywhere, placesSeen, stands, type Looking } from '../record/read.answers.ts'
import { isSeenEver } from '../record/read.near.ts'

const left = (length: number) => sql<string>`left(r.area_code, ${sql.lit(length)})`
const KEYS: Record<BoardBy, RawBuilder<string>> = { province: left(4), district: left(6), tambon: left(8), team: left(8), village: left(10), dataset: sql`r.dataset_id`, person: sql`r.made_by::text` }
type Chosen = { dataset: DatasetId | null; round: Round | null }
type Counts = Map<string, Numbers>

/** How far the records have come that may be seen and stand, of each place, dataset or person: from the counts where these tell them apart, else record by record. */
export async function countBy(tx: Reader, looking: Looking, by: BoardBy, chosen: Chosen): Promise<Counts> {
  return by === 'person' || chosen.round ? countRecords(tx, looking, by, chosen) : countKept(tx, looking, by, chosen)
}

async function countKept(tx: Reader, looking: Looking, by: BoardBy, { dataset }: Chosen): Promise<Counts> {
  const counts: Counts = new Map(), ask: CountAsk = by === 'dataset' ? {} : { level: by === 'team' ? 'tambon' : by as NonNullable<CountAsk['level']> }
  const add = (key: string, numbers: Numbers) => counts.set(key, addUp([counts.get(key) ?? NOTHING, numbers]))
  const datasets = (await listDatasets(tx, null)).map(each => each.dataset).filter(({ id }) => dataset === null || id === dataset)
  for (const [unit, alike] of Map.groupBy(datasets, each => each.unit)) {
    const places = placesSeen(looking, unit), ids = alike.map(({ id }) => id), keyOf = (one: { area: string | null; dataset: string }) => by === 'dataset' ? one.dataset : one.area ?? ''
    if (places.length > 0) {
      for (const one of await countsOf(tx, places, { datasets: ids, by: ['state'], ...ask })) add(keyOf(one), numbersOf(one.state as RecordState, one))
      for (const one of await lastOf(tx, places, { datasets: ids, ...ask })) if (counts.has(keyOf(one))) add(keyOf(one), { ...NOTHING, last: one.at.toISOString() })
    }
    // elsewhere one sees what one wrote down oneself
    if (isEverywhere(looking, places)) continue
    for (const id of ids) for (const [key, numbers] of await countRecords(tx, looking, by, { dataset: id, round: null }, sql`not ${within('r.area_code', places)}`)) add(key, numbers)
  }
  return new Map([...counts].filter(([, { arrived }]) => arrived > 0))
}

function numbersOf(state: RecordState, { count, faulty }: { count: number; faulty: number }): Numbers {
  if (SET_ASIDE.includes(state)) return NOTHING
  const is = (...states: RecordState[]) => states.includes(state) ? count : 0
  return { arrived: count, received: is('received'), returned: is('returned'), approved: is('approved', 'verified', 'locked'), locked: is('locked'), faults: faulty, last: null }
}

type Row = Omit<Numbers, 'last'> & { key: string; last: Date | null }

async function countRecords(tx: Reader, looking: Looking, by: BoardBy, { dataset, round }: Chosen, also: RawBuilder<unknown> = sql`true`): Promise<Counts> {
  const { rows } = await sql<Row>`
    select ${KEYS[by]} as key, count(*)::int as arrived, (count(*) filter (where r.state = 'received'))::int as received, (count(*) filter (where r.state = 'returned'))::int as returned,
      (count(*) filter (where r.state in ('approved', 'verified', 'locked')))::int as approved, (count(*) filter (where r.state = 'locked'))::int as locked,
      (count(*) filter (where r.faults <> '[]'))::int as faults, max(r.changed_at) as last
    from core.record r where ${within('r.area_code', looking.areas)} and ${isSeenEver('r', looking)} and ${stands('r')} and ${dataset === null ? sql`true` : sql`r.dataset_id = ${dataset}`}
      and ${also} ${round ? sql`and r.day between ${round.from}::date and ${round.until}::date` : sql``} group by 1`.execute(tx)
  return new Map(rows.map(({ key, last, ...numbers }) => [key, { ...numbers, last: last?.toISOString() ?? null }]))
}

/**
 * How many records counted in a round that is over. A thing that lasts is visited again and then has the day of its later visit: it was in
 * the round if it had been written down by then and was not left behind by it.
 */
export async function countCounted(tx: Reader, looking: Looking, by: BoardBy, dataset: Dataset, { from, until }: Round): Promise<Map<string, number>> {
  const { counts } = countingStates(ladderOf(dataset))
  const days = dataset.lasting ? sql`r.day >= ${from}::date and least(r.day, (r.made_at at time zone 'Asia/Bangkok')::date) <= ${until}::date` : sql`r.day between ${from}::date and ${until}::date`
  const { rows } = await sql<{ key: string; count: number }>`
    select ${KEYS[by]} as key, count(*)::int as count from core.record r
    where ${within('r.area_code', looking.areas)} and ${isSeenEver('r', looking)} and r.dataset_id = ${dataset.id} and r.state in (${sql.join(counts)}) and ${days} group by 1`.execute(tx)
  return new Map(rows.map(({ key, count }) => [key, count]))
}
