import { sql } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import { ancestorsOf, isWithin } from '../../domain/area/rules.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { can } from '../../domain/access/can.ts'
import type { checkApi } from '../../domain/check/api.ts'
import type { FlagKind, FlagReason } from '../../domain/check/check.ts'
import { sayFlag } from '../../domain/check/rules.flag.ts'
import { datasetProblems } from '../../domain/dataset/problems.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import { namesOf } from '../access/read.ts'
import { findDataset } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { faultsFor, isFor, isSeen, stands, type Looking } from '../record/read.answers.ts'
import { listCheckSets } from '../record/read.checks.ts'
import { getFound } from '../record/read.ts'

const asText = (area: AreaCode) => ({ th: area, en: area })

export async function listChecks(tx: Reader, id: DatasetId, area: AreaCode | null): Promise<ReplyOf<typeof checkApi.listChecks>> {
  const home = (await findDataset(tx, id))?.area
  if (home === undefined) throw datasetProblems.notFound({ id })
  const sets = (await listCheckSets(tx, [id])).filter(set => area === null || isWithin(area, set.area)), names = await namesOf(tx, sets.map(set => set.area))
  const entries = sets.map(set => ({ ...set, areaName: names.get(set.area) ?? asText(set.area), publishedAt: set.publishedAt.toISOString() }))
  return { home, sets: entries.sort((a, b) => Number(b.area === home) - Number(a.area === home)) }
}

/** The level below a place, by the length of its codes. */
const BELOW: Record<number, number> = { 2: 4, 4: 6, 6: 8, 8: 10 }

/** How many records fail each check, here and one level below; of faults that are for whoever looks. */
export async function countChecks(tx: Reader, id: DatasetId, looking: Looking, area: AreaCode): Promise<ReplyOf<typeof checkApi.countChecks>> {
  const dataset = (await findDataset(tx, id))?.dataset
  if (!dataset) throw datasetProblems.notFound({ id })
  const seen = sql`r.dataset_id = ${id} and ${isSeen('r', looking, dataset.unit)} and ${stands('r')}`
  const { rows } = await sql<{ check: string; area: AreaCode; records: number }>`
    select f.fault ->> 'check' as check, left(r.area_code, ${BELOW[area.length] ?? area.length}) as area, count(distinct r.id)::int as records
    from core.record r cross join lateral jsonb_array_elements(${faultsFor('r', looking)}) f (fault)
    where ${seen} and r.faults <> '[]' and f.fault ->> 'kind' = 'check' group by 1, 2 order by 3 desc, 2`.execute(tx)
  const { rows: [all] } = await sql<{ records: number; waiting: boolean }>`
    select count(*)::int as records, exists (select from core.check_work w where w.dataset_id = ${id} and w.again is not null) as waiting from core.record r where ${seen}`.execute(tx)
  const names = await namesOf(tx, rows.map(row => row.area))
  return {
    records: all?.records ?? 0, waiting: all?.waiting ?? false, flags: await countFlags(tx, id, looking, seen),
    checks: [...Map.groupBy(rows, row => row.check)].map(([check, places]) => ({
      check, records: places.reduce((sum, place) => sum + place.records, 0), places: places.map(({ area, records }) => ({ area, areaName: names.get(area) ?? asText(area), records })),
    })),
  }
}

async function countFlags(tx: Reader, id: DatasetId, looking: Looking, seen: ReturnType<typeof sql>): Promise<ReplyOf<typeof checkApi.countChecks>['flags']> {
  const { rows } = await sql<{ kind: FlagKind; open: number; aside: number }>`
    select f.kind, (count(*) filter (where f.aside_at is null))::int as open, (count(*) filter (where f.aside_at is not null))::int as aside
    from core.flag f join core.record r on r.area_code = f.area_code and r.id = f.record_id
    where f.dataset_id = ${id} and ${within('f.area_code', looking.areas)} and ${seen} and ${isForKept(looking)} group by 1 order by 1`.execute(tx)
  return rows
}

/** Whether the answer that a flag is about is for whoever looks. */
const isForKept = (looking: Looking) => sql`(f.kept = 'open' or ${sql.join((['internal', 'personal', 'sensitive'] as const).map(kind => sql`(f.kept = ${kind} and ${isFor('r', kind, looking)})`), sql` or `)})`

type FlagRow = { kind: FlagKind; key: string; reason: FlagReason; foundAt: Date; asideAt: Date | null; asideName: string | null; asideWhy: string | null }

/** What is out of the ordinary in a record, as far as whoever looks may see the answers. */
export async function listFlags(tx: Reader, viewer: Viewer, areas: readonly AreaCode[], id: RecordId): Promise<ReplyOf<typeof checkApi.listFlags> & { area: AreaCode }> {
  const found = await getFound(tx, viewer, areas, id, null), labels = new Map(keysOf(found.form.model)[0]?.questions.map(({ key, label }) => [key, label]))
  const { rows } = await sql<FlagRow>`
    select f.kind, f.key, f.reason, f.found_at as "foundAt", f.aside_at as "asideAt", f.aside_name as "asideName", f.aside_why as "asideWhy"
    from core.flag f join core.record r on r.area_code = f.area_code and r.id = f.record_id
    where ${within('f.area_code', [found.area])} and f.record_id = ${id} and ${isForKept(found.looking)} order by f.kind, f.key`.execute(tx)
  const names = await namesOf(tx, rows.flatMap(({ reason }) => reason.area ? [reason.area] : []))
  const flags = rows.map(({ kind, key, reason, foundAt, asideAt, asideName, asideWhy }) => ({
    kind, key, reason, foundAt: foundAt.toISOString(), say: sayFlag(kind, reason, labels.get(key) ?? { th: key, en: key }, (reason.area && names.get(reason.area)) ?? { th: 'ประเทศ', en: 'the nation' }),
    aside: asideAt && { at: asideAt.toISOString(), byName: asideName ?? '', why: asideWhy ?? '' },
  }))
  return { area: found.area, flags, may: can(viewer, 'review-records', found.area) }
}

/** Checks that hold in a place beside those that it publishes itself: of the places above it. */
export async function listAbove(tx: Reader, id: DatasetId, area: AreaCode) {
  return (await listCheckSets(tx, [id])).filter(set => ancestorsOf(area).includes(set.area))
}
