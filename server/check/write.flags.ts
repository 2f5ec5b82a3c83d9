import { sql, type RawBuilder } from 'kysely'
import type { DatasetId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Sensitivity } from '../../domain/access/access.ts'
import { LEAST_KM, LEAST_OF_PROVINCE, LEAST_PAUSE_MINUTES, LEAST_VALUES } from '../../domain/check/rules.flag.ts'
import type { FlagKind } from '../../domain/check/check.ts'
import { FlagLimits } from '../../domain/dataset/dataset.check.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { stands } from '../record/read.answers.ts'
import { listCheckSets } from '../record/read.checks.ts'

/** Looks at all records of a dataset for what is out of the ordinary; what somebody set aside stays so while its numbers are the same. */
export async function flagDataset(tx: Writer, dataset: DatasetId, model: FormModel): Promise<void> {
  const limits = (await listCheckSets(tx, [dataset])).sort((a, b) => a.area.length - b.area.length)[0]?.limits ?? FlagLimits.parse({}), questions = keysOf(model)[0]?.questions ?? []
  for (const { key, sensitivity } of questions.filter(({ asked, type }) => asked && (type === 'integer' || type === 'decimal'))) await keepFlags(tx, dataset, 'outlier', key, outliers(dataset, key, sensitivity, limits))
  const timed = (path: string | null) => { const question = questions.find(question => question.path === path); return question ? answerIn(question.sensitivity, question.key) : sql`null::text` }
  const kept = questions.find(({ path }) => path === model.logic.start)?.sensitivity ?? 'internal', work = interviews(dataset, timed(model.logic.start), timed(model.logic.end))
  await keepFlags(tx, dataset, 'short', '', tooShort(work, kept, limits))
  await keepFlags(tx, dataset, 'overlap', '', overlapping(work, kept))
  await keepFlags(tx, dataset, 'far', '', tooFar(work, limits))
}

const answerIn = (kept: Sensitivity, key: string) => sql`(r.${sql.ref(kept)} ->> ${sql.lit(key)})`
const records = (dataset: DatasetId) => sql`core.record r where r.dataset_id = ${dataset} and ${within('r.area_code', [NATION])} and ${stands('r')}`

/**
 * Answers far from the median, on the scale of asinh, of all records and of those of the province; the worse of the two is told. As
 * engine/stats/outliers.ts computes it, which is its oracle.
 */
function outliers(dataset: DatasetId, key: string, kept: Sensitivity, { score }: FlagLimits): RawBuilder<unknown> {
  return sql`with v as materialized (
      select r.area_code, r.id, left(r.area_code, 4) as province, x.value, asinh(x.value) as x
      from (select r.*, r.${sql.ref(kept)} -> ${sql.lit(key)} as answer from ${records(dataset)}) r cross join lateral (select case when jsonb_typeof(r.answer) = 'number' then r.answer::float8 end as value) x where x.value is not null),
    m as (select province, count(*)::int as n, percentile_cont(0.5) within group (order by x) as median, percentile_cont(0.5) within group (order by value) as usual
      from v group by grouping sets ((), (province)) having count(*) >= case when grouping(province) = 1 then ${LEAST_VALUES}::int else ${LEAST_OF_PROVINCE}::int end),
    d as (select m.province, m.n, m.median, m.usual, percentile_cont(0.5) within group (order by abs(v.x - m.median)) as mad, avg(abs(v.x - m.median)) as mean_ad
      from m join v on m.province is null or v.province = m.province group by 1, 2, 3, 4),
    s as (select v.area_code, v.id, v.value, d.*, case when d.mad > 0 then 0.6745 * (v.x - d.median) / d.mad when d.mean_ad > 0 then (v.x - d.median) / (1.253314 * d.mean_ad) else 0 end as score
      from v join d on d.province is null or d.province = v.province)
    select distinct on (s.area_code, s.id) s.area_code, s.id as record_id, ${kept}::text as kept, jsonb_build_object('value', s.value, 'score', round(s.score::numeric, 2), 'median', s.usual, 'n', s.n, 'area', coalesce(s.province, 'TH')) as reason
    from s where abs(s.score) > ${score} order by s.area_code, s.id, abs(s.score) desc`
}

/** When each record was collected, as the form noted it, else when it came; by whom, and where. */
function interviews(dataset: DatasetId, start: RawBuilder<unknown>, end: RawBuilder<unknown>): RawBuilder<unknown> {
  const moment = (text: RawBuilder<unknown>) => sql`case when ${text} ~ '^(19|20)\\d\\d-' then ${text}::timestamptz end`
  return sql`t as materialized (select r.area_code, r.id, r.changed_by as by, ${moment(start)} as began, ${moment(end)} as ended, r.changed_at as came, r.lat, r.lon, r.point_kept from ${records(dataset)})`
}

function tooShort(work: RawBuilder<unknown>, kept: Sensitivity, { shortest }: FlagLimits): RawBuilder<unknown> {
  return sql`with ${work}, l as (select t.*, extract(epoch from ended - began)::float8 / 60 as minutes from t where ended >= began),
    m as (select count(*)::int as n, percentile_cont(0.5) within group (order by minutes) as median from l having count(*) >= ${LEAST_VALUES})
    select l.area_code, l.id as record_id, ${kept}::text as kept, jsonb_build_object('minutes', round(l.minutes::numeric, 1), 'median', round(m.median::numeric, 1), 'n', m.n) as reason from l cross join m where l.minutes < ${shortest} * m.median`
}

/** Who was still at an earlier interview when this one began. */
function overlapping(work: RawBuilder<unknown>, kept: Sensitivity): RawBuilder<unknown> {
  return sql`with ${work}, l as (select t.*, max(ended) over (partition by by order by began, ended, id rows between unbounded preceding and 1 preceding) as busy from t where ended >= began)
    select l.area_code, l.id as record_id, ${kept}::text as kept, jsonb_build_object('minutes', round((extract(epoch from least(l.busy, l.ended) - l.began) / 60)::numeric, 1),
      'other', (select o.id from t o where o.by = l.by and o.ended = l.busy and o.id <> l.id order by o.id limit 1)) as reason
    from l where l.busy is not null and least(l.busy, l.ended) - l.began >= interval '1 minute'`
}

/** From where the collector was before. A telephone without a network sends all at once: by arrival alone, only what came after a pause is judged. */
function tooFar(work: RawBuilder<unknown>, { kmPerHour }: FlagLimits): RawBuilder<unknown> {
  return sql`with ${work}, w as (
      select t.*, lag(lat) over o as lat0, lag(lon) over o as lon0, lag(id) over o as id0, extract(epoch from coalesce(began, came) - lag(coalesce(ended, came)) over o)::float8 / 60 as gap, began is not null and lag(ended) over o is not null as noted
      from t where lat is not null window o as (partition by by order by coalesce(began, came), id)),
    k as (select w.*, greatest(gap, 1) as minutes, 2 * 6371.0088 * asin(least(1, sqrt(sin(radians(lat - lat0) / 2) ^ 2 + cos(radians(lat0)) * cos(radians(lat)) * sin(radians(lon - lon0) / 2) ^ 2))) as km from w where lat0 is not null)
    select k.area_code, k.id as record_id, coalesce(k.point_kept, 'sensitive') as kept, jsonb_build_object('km', round(k.km::numeric, 1), 'minutes', round(k.minutes::numeric, 1), 'kmPerHour', round((k.km * 60 / k.minutes)::numeric), 'other', k.id0) as reason
    from k where k.km > ${LEAST_KM} and (k.noted and k.gap >= 0 or k.gap >= ${LEAST_PAUSE_MINUTES}) and k.km * 60 / k.minutes > ${kmPerHour}`
}

/** What was found takes the place of what was found before. */
async function keepFlags(tx: Writer, dataset: DatasetId, kind: FlagKind, key: string, found: RawBuilder<unknown>): Promise<void> {
  const stays = sql`f.reason - '{median,score,n,area}'::text[] = excluded.reason - '{median,score,n,area}'::text[]`
  await sql`with found as materialized (${found}),
    gone as (delete from core.flag f where ${within('f.area_code', [NATION])} and f.dataset_id = ${dataset} and f.kind = ${kind} and f.key = ${key} and f.aside_at is null
      and not exists (select from found where found.area_code = f.area_code and found.record_id = f.record_id))
    insert into core.flag as f (area_code, record_id, kind, key, dataset_id, kept, reason) select area_code, record_id, ${kind}, ${key}, ${dataset}, kept, reason from found
    on conflict (area_code, record_id, kind, key) do update set kept = excluded.kept, reason = excluded.reason, aside_at = case when ${stays} then f.aside_at end, aside_by = case when ${stays} then f.aside_by end,
      aside_name = case when ${stays} then f.aside_name end, aside_why = case when ${stays} then f.aside_why end`.execute(tx)
}
