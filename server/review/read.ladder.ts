import { sql } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { can, placesOf } from '../../domain/access/can.ts'
import type { Ladder } from '../../domain/dataset/dataset.ts'
import { datasetProblems } from '../../domain/dataset/problems.ts'
import { ladderOf } from '../../domain/record/rules.public.ts'
import type { ladderApi } from '../../domain/review/api.ladder.ts'
import { effectOf, type InState } from '../../domain/review/rules.ladder.ts'
import { findDataset } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { narrow, within } from '../db/place.ts'

type Preview = ReplyOf<typeof ladderApi.previewLadder>
type Asked = { [Part in keyof Ladder]?: Ladder[Part] | undefined }

/** The ladder of a dataset, and what another one would make of the records that are there: numbers alone, of records in places where one sees any; else none are told. */
export async function previewLadder(tx: Reader, viewer: Viewer, areas: readonly AreaCode[], id: DatasetId, { approves, counts, lateDays }: Asked): Promise<Preview> {
  const found = await findDataset(tx, id)
  if (!found) throw datasetProblems.notFound({ id })
  const ladder = ladderOf(found.dataset), late = lateDays ?? ladder.lateDays
  const wanted: Ladder = { approves: approves ?? ladder.approves, counts: counts ?? ladder.counts, ...late !== undefined && { lateDays: late } }
  const places = placesOf(viewer, 'see-records').flatMap(place => narrow(areas, place)), isBlind = places.length === 0
  const { rows: states } = await sql<InState>`
    select r.state, count(*)::int as count, (count(*) filter (where r.may_publish))::int as open from core.record r where ${within('r.area_code', places)} and r.dataset_id = ${id} group by 1`.execute(tx)
  return {
    ladder, wanted, now: isBlind ? null : effectOf(ladder, states, found.dataset), then: isBlind ? null : effectOf(wanted, states, found.dataset), may: can(viewer, 'define-datasets', found.area),
    versions: await listVersions(tx, found.area, id),
  }
}

async function listVersions(tx: Reader, area: AreaCode, id: DatasetId): Promise<Preview['versions']> {
  const { rows } = await sql<{ version: number; ladder: Ladder; at: Date; byName: string }>`
    select version, ladder, set_at as at, set_by_name as "byName" from core.ladder where area_code = ${area} and dataset_id = ${id} order by version desc`.execute(tx)
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }))
}
