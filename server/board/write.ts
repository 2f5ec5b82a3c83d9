import { sql } from 'kysely'
import type { AreaCode, DatasetId, RoundId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { can } from '../../domain/access/can.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { whoGives } from '../../domain/access/rules.ts'
import { datasetProblems } from '../../domain/dataset/problems.ts'
import { roundProblems } from '../../domain/round/problems.ts'
import { areasByCode } from '../area/read.ts'
import { findDataset } from '../dataset/read.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'
import { findRound } from '../round/read.ts'

type Targets = { dataset: DatasetId; round: RoundId | null; targets: readonly { area: AreaCode; expected: number | null }[] }

/** Sets what is expected of places, in all of them or in none; null takes a target away. */
export async function setTargets(tx: Writer, viewer: Viewer, { dataset, round, targets }: Targets): Promise<{ set: number }> {
  const codes = targets.map(({ area }) => area), known = await areasByCode(tx, codes)
  if (codes.some(area => !known.has(area) || !can(viewer, 'run-rounds', area))) throw accessProblems.noRight({ right: 'run-rounds', ask: whoGives('run-rounds') })
  if (!await findDataset(tx, dataset)) throw datasetProblems.notFound({ id: dataset })
  if (round !== null && (await findRound(tx, round))?.dataset !== dataset) throw roundProblems.notFound({})
  const set = targets.filter(({ expected }) => expected !== null), { person } = viewer
  await sql`delete from core.target where ${within('area_code', codes)} and area_code = any(${codes}::text[]) and dataset_id = ${dataset} and round_id is not distinct from ${round}::uuid`.execute(tx)
  if (set.length > 0) {
    await sql`insert into core.target (area_code, dataset_id, round_id, expected, set_by, set_by_name)
      select g.area, ${dataset}, ${round}::uuid, g.expected, ${person.id}::uuid, ${person.name}
      from unnest(${set.map(({ area }) => area)}::text[], ${set.map(({ expected }) => expected)}::int[]) g (area, expected)
      on conflict (area_code, dataset_id, round_id) do update set expected = excluded.expected, set_at = now(), set_by = excluded.set_by, set_by_name = excluded.set_by_name`.execute(tx)
  }
  for (const area of codes) await note(tx, { action: 'target.set', area, target: [dataset, round].filter(Boolean).join(' ') })
  return { set: set.length }
}
