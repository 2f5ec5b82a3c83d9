import { sql } from 'kysely'
import type { DatasetId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import { daysOf, LEAST_RECORDS } from '../../domain/check/rules.quality.ts'
import { SEVERITIES } from '../../domain/record/rules.fault.ts'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import type { Db, Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { SYSTEM, writeAs } from '../db/scope.ts'
import { listForms } from '../dataset/read.ts'
import { stands } from '../record/read.answers.ts'
import { listModels } from '../record/read.arrived.ts'
import { flagDataset } from './write.flags.ts'

const COUNTING = 7254421
const ERRORS = Object.entries(SEVERITIES).filter(([, severity]) => severity === 'error').map(([kind]) => kind)

/** Flags and scores of the next dataset whose records changed since `pauseSeconds` ago or before; gives which, null where nothing is due. */
export function countNext(app: Db, pauseSeconds: number): Promise<DatasetId | null> {
  return writeAs(app, SYSTEM, async tx => {
    const { rows: [lock] } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${COUNTING}) as mine`.execute(tx)
    if (!lock?.mine) return null
    // a day later some records are not timely any more
    const { rows: [due] } = await sql<{ dataset: Dataset; until: Date }>`
      select d.definition as dataset, clock_timestamp() as until from core.dataset d left join core.check_work w on w.dataset_id = d.id
      where coalesce(w.counted_at, '-infinity') < now() - make_interval(secs => ${pauseSeconds}) and exists (
        select from core.record r where r.dataset_id = d.id and ${within('r.area_code', [NATION])} and (r.acted_at > coalesce(w.counted_at, '-infinity') or w.counted_at < now() - interval '1 day'))
      order by w.counted_at nulls first, d.position limit 1`.execute(tx)
    if (!due) return null
    await countDataset(tx, due.dataset)
    await sql`insert into core.check_work (dataset_id, counted_at) values (${due.dataset.id}, ${due.until}) on conflict (dataset_id) do update set counted_at = excluded.counted_at`.execute(tx)
    return due.dataset.id
  })
}

export async function countDataset(tx: Writer, dataset: Dataset): Promise<void> {
  const [form] = (await listForms(tx, dataset.id)).filter(({ area }) => area === NATION || dataset.id.startsWith(area.toLowerCase())), name = form && { formArea: form.area, datasetId: dataset.id, version: form.version }
  const model = name && (await listModels(tx, [name])).get(`${name.formArea} ${name.datasetId} ${name.version}`)
  if (model) await flagDataset(tx, dataset.id, model)
  await scoreDataset(tx, dataset)
}

/** Counts all records of a dataset once, for their tambon, district, province and the nation; of fewer than five nothing is told. */
export async function scoreDataset(tx: Writer, { id, catalogue }: Dataset): Promise<void> {
  const days = daysOf(catalogue)
  await sql`delete from open.quality where area_code >= 'TH' and dataset_id = ${id}`.execute(tx)
  await sql`
    with r as (select r.area_code, r.asked, r.answered, r.changed_at, r.state,
        r.faults <> '[]' and exists (select from jsonb_array_elements(r.faults) f (fault) where coalesce(f.fault ->> 'severity', case when f.fault ->> 'kind' = any(${ERRORS}) then 'error' else 'warning' end) = 'error') as wrong,
        exists (select from core.flag g where g.area_code = r.area_code and g.record_id = r.id and g.aside_at is null) as flagged
      from core.record r where r.dataset_id = ${id} and ${within('r.area_code', [NATION])} and ${stands('r')})
    insert into open.quality (area_code, dataset_id, records, completeness, timeliness, consistency, plausibility, approval)
    select left(r.area_code, at.length), ${id}, count(*), round(sum(r.answered)::numeric / nullif(sum(r.asked), 0), 3), case when ${days}::int is not null then round(avg((r.changed_at > now() - make_interval(days => ${days}::int))::int), 3) end,
      round(avg((not r.wrong)::int), 3), round(avg((not r.flagged)::int), 3), round(avg((r.state in ('approved', 'verified', 'locked'))::int), 3)
    from r cross join (values (2), (4), (6), (8)) at (length) where length(r.area_code) >= at.length group by 1 having count(*) >= ${LEAST_RECORDS}`.execute(tx)
}
