import { sql, type RawBuilder } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, RecordId } from '../../domain/base/ids.ts'
import type { PageQuery } from '../../domain/base/page.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { questionOf } from '../../domain/dataset/rules.ts'
import type { RecordFilter, recordApi } from '../../domain/record/api.ts'
import type { Answers, Point, RecordEntry, RecordState } from '../../domain/record/record.ts'
import { namesOf } from '../access/read.ts'
import type { Reader } from '../db/db.ts'
import { answers, faultsFor, filterOf, listWithheld, type Looking } from './read.answers.ts'
import { countListed } from './read.count.ts'
import type { Shown } from './read.shown.ts'

type Row = {
  id: RecordId; area: AreaCode; state: RecordState; day: string | null; madeAt: Date; changedAt: Date; versions: number; faults: number; own: boolean; values: Answers
}

/** What a list shows of a record: the answer with the role `title`, if it may be shown. */
export function titleOf(model: FormModel, values: Answers): string | null {
  const question = questionOf(model, 'title'), answer = question && values[question.key]
  return typeof answer === 'string' || typeof answer === 'number' ? String(answer) : null
}

export function pointOf(model: FormModel, values: Answers): Point | null {
  const question = questionOf(model, 'point'), answer = question && values[question.key]
  return answer !== null && typeof answer === 'object' && 'lat' in answer ? answer : null
}

/** The title in SQL, out of the answers that may be seen: nobody finds by what they do not see. */
export function titleIn(values: RawBuilder<Answers>, model: FormModel): RawBuilder<string | null> {
  const question = questionOf(model, 'title')
  return question ? sql<string | null>`(${values} ->> ${sql.lit(question.key)})` : sql<string | null>`null::text`
}

/** Records newest first, by key. */
export async function listRecords(tx: Reader, shown: Shown, looking: Looking, query: RecordFilter & PageQuery): Promise<ReplyOf<typeof recordApi.listRecords>> {
  const seen = answers('r', looking), where = filterOf('r', shown, looking, query, titleIn(seen, shown.model))
  const [at, id] = (query.after ?? '').split('_')
  const after = at && id ? sql`and (r.changed_at, r.id) < (${at}::timestamptz, ${id}::uuid)` : sql``
  const { rows } = await sql<Row>`
    select r.id, r.area_code as area, r.state, r.day, r.made_at as "madeAt", r.changed_at as "changedAt", r.versions, jsonb_array_length(${faultsFor('r', looking)}) as faults,
      r.made_by = ${looking.viewer.person.id} as own, ${seen} as values
    from core.record r where ${where} ${after} order by r.changed_at desc, r.id desc limit ${query.limit + 1}`.execute(tx)
  const page = rows.slice(0, query.limit), last = page.at(-1)
  return {
    items: await toEntries(tx, shown, page), ...await countListed(tx, shown, looking, query, where), withheld: listWithheld(shown.levels, looking),
    next: rows.length > query.limit && last ? `${last.changedAt.toISOString()}_${last.id}` : null,
  }
}

export async function toEntries(tx: Reader, { id, model }: Pick<Shown, 'id' | 'model'>, rows: readonly Row[]): Promise<RecordEntry[]> {
  const names = await namesOf(tx, rows.map(row => row.area))
  return rows.map(({ madeAt, changedAt, ...row }) => ({
    ...row, dataset: id, areaName: names.get(row.area) ?? { th: row.area, en: row.area }, title: titleOf(model, row.values), point: pointOf(model, row.values),
    madeAt: madeAt.toISOString(), changedAt: changedAt.toISOString(),
  }))
}

const MOST_POINTS = 5000

/** Where records are, as many as a picture bears; `more` says how many are left out. */
export async function mapRecords(tx: Reader, shown: Shown, looking: Looking, filter: RecordFilter): Promise<ReplyOf<typeof recordApi.mapRecords>> {
  const point = questionOf(shown.model, 'point')
  if (!point) return { points: [], more: 0 }
  const seen = answers('r', looking), title = titleIn(sql`s.values`, shown.model), at = sql`s.values -> ${sql.lit(point.key)}`
  const { rows } = await sql<{ id: RecordId; lat: number; lon: number; title: string | null; all: number }>`
    select s.id, (${at} ->> 'lat')::float8 as lat, (${at} ->> 'lon')::float8 as lon, ${title} as title, count(*) over ()::int as all
    from (select r.id, r.changed_at, ${seen} as values from core.record r where ${filterOf('r', shown, looking, filter, titleIn(seen, shown.model))} offset 0) s
    where ${at} is not null order by s.changed_at desc, s.id limit ${MOST_POINTS}`.execute(tx)
  return { points: rows.map(({ all, ...row }) => row), more: Math.max(0, (rows[0]?.all ?? 0) - rows.length) }
}
