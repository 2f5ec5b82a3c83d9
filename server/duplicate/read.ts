import { sql, type RawBuilder } from 'kysely'
import type { QueryOf, ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId, PersonId, RecordId } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import type { duplicateApi } from '../../domain/duplicate/api.ts'
import { canJudge } from '../../domain/duplicate/can.ts'
import type { KeptReason, Pair, PairState, Search } from '../../domain/duplicate/duplicate.ts'
import { sayReason } from '../../domain/duplicate/rules.ts'
import type { Answers, RecordState } from '../../domain/record/record.ts'
import { ladderOf } from '../../domain/record/rules.public.ts'
import { namesOf } from '../access/read.ts'
import { listDatasets } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { answers, isFor, stands, type Looking } from '../record/read.answers.ts'
import { isSeenEver, makeName } from '../record/read.near.ts'

type Row = { id: string; dataset: DatasetId; area: AreaCode; score: number; state: PairState; reasons: KeptReason[]; saidBy: string | null; saidAt: Date | null; one: RecordId; other: RecordId }
type Half = { id: RecordId; datasetId: DatasetId; formArea: AreaCode; version: string; area: AreaCode; state: RecordState; day: string | null; seen: number; madeBy: PersonId; values: Answers }
type Asked = QueryOf<typeof duplicateApi.listPairs>

const PAIR = sql`d.id, d.dataset_id as dataset, d.area_code as area, d.score, d.state, d.said_by_name as "saidBy", d.said_at as "saidAt", d.one, d.other`

/** Pairs that may be seen: both their records may, and of what nobody judged both stand. */
function pairsOf(looking: Looking): RawBuilder<unknown> {
  return sql`core.duplicate d join core.record a on a.id = d.one join core.record b on b.id = d.other
    where ${within('d.area_code', looking.areas)} and ${isSeenEver('a', looking)} and ${isSeenEver('b', looking)} and (d.state <> 'open' or (${stands('a')} and ${stands('b')}))`
}

/** What speaks for it, as far as the answers may be seen of both. */
function reasonsFor(looking: Looking): RawBuilder<KeptReason[]> {
  const may = (kind: string) => kind === 'open' ? sql`f.reason ->> 'sensitivity' = 'open'` : sql`(f.reason ->> 'sensitivity' = ${kind} and ${isFor('a', kind as 'personal', looking)} and ${isFor('b', kind as 'personal', looking)})`
  return sql<KeptReason[]>`(select coalesce(jsonb_agg(f.reason order by f.turn), '[]') from jsonb_array_elements(d.reasons) with ordinality f (reason, turn) where ${sql.join(['open', 'internal', 'personal', 'sensitive'].map(may), sql` or `)})`
}

/** The surest first, by key. */
export async function listPairs(tx: Reader, looking: Looking, { dataset, state, after, limit }: Asked): Promise<ReplyOf<typeof duplicateApi.listPairs>> {
  const [score, id] = (after ?? '').split('_'), where = sql`${pairsOf(looking)} ${state ? sql`and d.state = ${state}` : sql``} ${dataset ? sql`and d.dataset_id = ${dataset}` : sql``}`
  const { rows } = await sql<Row>`
    select ${PAIR}, ${reasonsFor(looking)} as reasons from ${where} ${score && id ? sql`and (d.score, d.id) < (${score}::float8, ${id}::uuid)` : sql``} order by d.score desc, d.id desc limit ${limit + 1}`.execute(tx)
  const { rows: [counted] } = await sql<{ count: number }>`select count(*)::int as count from ${where}`.execute(tx)
  const page = rows.slice(0, limit), last = page.at(-1)
  return { items: await toPairs(tx, looking, page), count: counted?.count ?? 0, next: rows.length > limit && last ? `${last.score}_${last.id}` : null }
}

export async function countPairs(tx: Reader, looking: Looking): Promise<ReplyOf<typeof duplicateApi.countPairs>> {
  const { rows } = await sql<{ dataset: DatasetId; open: number; different: number; merged: number }>`
    select d.dataset_id as dataset, (count(*) filter (where d.state = 'open'))::int as open, (count(*) filter (where d.state = 'different'))::int as different, (count(*) filter (where d.state = 'merged'))::int as merged
    from ${pairsOf(looking)} group by 1 order by 2 desc, 1`.execute(tx)
  return { items: rows }
}

export async function getPair(tx: Reader, looking: Looking, id: string): Promise<Pair> {
  const { rows } = await sql<Row>`select ${PAIR}, ${reasonsFor(looking)} as reasons from ${pairsOf(looking)} and d.id = ${id}::uuid`.execute(tx)
  const [pair] = await toPairs(tx, looking, rows)
  if (!pair) throw accessProblems.notThere({})
  return pair
}

async function toPairs(tx: Reader, looking: Looking, rows: readonly Row[]): Promise<Pair[]> {
  const halves = await listHalves(tx, looking, rows.flatMap(({ one, other }) => [one, other])), names = await namesOf(tx, [...halves.values()].map(({ area }) => area))
  const name = await makeName(tx, [...halves.values()]), ladders = new Map((await listDatasets(tx, null)).map(({ dataset }) => [dataset.id, ladderOf(dataset)]))
  const sideOf = (half: Half) => ({ id: half.id, area: half.area, areaName: names.get(half.area) ?? { th: half.area, en: half.area }, title: name(half).title, state: half.state, day: half.day, seen: half.seen })
  return rows.flatMap(({ one, other, saidAt, reasons, ...row }) => {
    const [a, b] = [halves.get(one), halves.get(other)]
    return a && b ? [{
      ...row, one: sideOf(a), other: sideOf(b), saidAt: saidAt?.toISOString() ?? null, mine: canJudge(looking.viewer, [a, b], ladders.get(row.dataset) ?? ladderOf({})),
      reasons: reasons.map(reason => ({ kind: reason.kind, speaksFor: reason.weight > 0, say: sayReason(reason) })),
    }] : []
  })
}

export async function listHalves(tx: Reader, looking: Looking, ids: readonly RecordId[]): Promise<Map<RecordId, Half>> {
  const { rows } = await sql<Half>`
    select r.id, r.dataset_id as "datasetId", r.form_area as "formArea", r.version, r.area_code as area, r.state, r.day, r.acts as seen, r.made_by as "madeBy", ${answers('r', looking)} as values
    from core.record r where r.id = any(${ids}::uuid[]) and ${isSeenEver('r', looking)}`.execute(tx)
  return new Map(rows.map(row => [row.id, row]))
}

/** What a record could be the same as, what it went into and what went into it. */
export async function listTwins(tx: Reader, looking: Looking, id: RecordId): Promise<ReplyOf<typeof duplicateApi.listTwins> & { area: AreaCode }> {
  const { rows: [self] } = await sql<{ area: AreaCode; into: RecordId | null }>`select r.area_code as area, r.merged_into as into from core.record r where r.id = ${id} and ${isSeenEver('r', looking)}`.execute(tx)
  if (!self) throw accessProblems.notThere({})
  const { rows: pairs } = await sql<{ pair: string; score: number; id: RecordId }>`
    select d.id as pair, d.score, case when d.one = ${id} then d.other else d.one end as id from ${pairsOf(looking)} and d.state = 'open' and (d.one = ${id} or d.other = ${id}) order by d.score desc limit 12`.execute(tx)
  const { rows: joined } = await sql<{ id: RecordId }>`select r.id from core.record r where r.merged_into = ${id} and ${isSeenEver('r', looking)} order by r.id limit 50`.execute(tx)
  const halves = await listHalves(tx, looking, [...pairs.map(pair => pair.id), ...joined.map(one => one.id), ...self.into ? [self.into] : []]), name = await makeName(tx, [...halves.values()])
  const named = (other: RecordId) => { const half = halves.get(other); return half ? [{ id: other, dataset: half.datasetId, title: name(half).title, state: half.state }] : [] }
  return {
    area: self.area, into: self.into ? named(self.into)[0] ?? null : null, from: joined.flatMap(one => named(one.id)),
    twins: pairs.flatMap(({ pair, score, id: other }) => named(other).map(one => ({ ...one, pair, score }))),
  }
}

type SearchRow = Omit<Search, 'askedAt' | 'endedAt' | 'areaName'> & { askedAt: Date; endedAt: Date | null }
const LATEST = 5

export async function listSearches(tx: Reader, areas: readonly AreaCode[]): Promise<Search[]> {
  const { rows } = await sql<SearchRow>`
    select s.id, s.area_code as area, s.asked_at as "askedAt", s.asked_by_name as "askedBy", s.total, s.done, s.records, s.found, s.crowded, s.ended_at as "endedAt"
    from core.duplicate_search s where ${within('s.area_code', areas)} order by s.asked_at desc limit ${LATEST}`.execute(tx)
  const names = await namesOf(tx, rows.map(({ area }) => area)), nameOf = (area: AreaCode): Text => names.get(area) ?? { th: area, en: area }
  return rows.map(row => ({ ...row, areaName: nameOf(row.area), askedAt: row.askedAt.toISOString(), endedAt: row.endedAt?.toISOString() ?? null }))
}
