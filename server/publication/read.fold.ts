import { sql } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { ActKind } from '../../domain/record/record.ts'
import { typeQuestionOf } from '../../domain/record/rules.explore.ts'
import { stateOf } from '../../domain/record/rules.state.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'

/** One line of core.record_count. */
export type CountLine = { area: AreaCode; dataset: DatasetId; state: string; type: string; month: string; count: number; faulty: number; shown: number }
type Folded = Omit<CountLine, 'state'> & { kinds: string | null }

/** A record that no act made: it should not be there. */
const NO_ACT = 'no act'

/**
 * The counts from scratch, the slow way: each record stands where its acts say, and is of the type that its form and its answers say;
 * nothing of what is kept beside the record is believed.
 */
export async function foldCounts(tx: Reader): Promise<CountLine[]> {
  const keys = await listTypeKeys(tx)
  const { rows } = await sql<Folded>`
    select r.area_code as area, r.dataset_id as dataset, a.kinds, coalesce(r.open ->> f.key, '') as type,
      to_char(coalesce(r.day::timestamp, r.made_at at time zone 'Asia/Bangkok'), 'YYYY-MM') as month,
      count(*)::int as count, (count(*) filter (where jsonb_array_length(r.faults) > 0))::int as faulty, (count(*) filter (where r.may_publish))::int as shown
    from core.record r
    left join (select record_id, string_agg(kind, ' ' order by id) as kinds from raw.act where ${within('area_code', [NATION])} group by 1) a on a.record_id = r.id
    left join unnest(${keys.map(({ area }) => area)}::text[], ${keys.map(({ dataset }) => dataset)}::text[], ${keys.map(({ version }) => version)}::text[], ${keys.map(({ key }) => key)}::text[]) f (area, dataset, version, key)
      on f.area = r.form_area and f.dataset = r.dataset_id and f.version = r.version
    where ${within('r.area_code', [NATION])} group by 1, 2, 3, 4, 5`.execute(tx)
  const lines = rows.map(({ kinds, ...row }) => ({ ...row, state: stateOf((kinds ?? '').split(' ').filter(Boolean).map(kind => ActKind.parse(kind))) ?? NO_ACT }))
  return [...Map.groupBy(lines, keyOf).values()].map(alike => alike.reduce((sum, one) => ({ ...sum, count: sum.count + one.count, faulty: sum.faulty + one.faulty, shown: sum.shown + one.shown })))
}

export const keyOf = ({ area, dataset, state, type, month }: Omit<CountLine, 'count' | 'faulty' | 'shown'>) => [area, dataset, state, type, month].join(' ')

/** The counts as they are kept, with what is noted and not added up yet. */
export async function listCounts(tx: Reader): Promise<CountLine[]> {
  const columns = sql`area_code, dataset_id, state, type, month, count, faulty, shown`
  const { rows } = await sql<CountLine>`
    select area_code as area, dataset_id as dataset, state, type, month, sum(count)::int as count, sum(faulty)::int as faulty, sum(shown)::int as shown
    from (select ${columns} from core.record_count where ${within('area_code', [NATION])} union all select ${columns} from core.record_delta where ${within('area_code', [NATION])}) c
    group by 1, 2, 3, 4, 5 having sum(count) <> 0 or sum(faulty) <> 0 or sum(shown) <> 0`.execute(tx)
  return rows
}

type TypeKey = { area: AreaCode; dataset: DatasetId; version: string; key: string }

async function listTypeKeys(tx: Reader): Promise<TypeKey[]> {
  const { rows } = await sql<Omit<TypeKey, 'key'> & { model: FormModel }>`select area_code as area, dataset_id as dataset, version, model from core.form`.execute(tx)
  return rows.flatMap(({ model, ...form }) => { const question = typeQuestionOf(model); return question ? [{ ...form, key: question.key }] : [] })
}
