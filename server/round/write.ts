import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { RoundId, type AreaCode, type DatasetId } from '../../domain/base/ids.ts'
import { levelOf } from '../../domain/area/rules.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { can } from '../../domain/access/can.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { whoGives } from '../../domain/access/rules.ts'
import { datasetProblems } from '../../domain/dataset/problems.ts'
import { roundProblems } from '../../domain/round/problems.ts'
import type { Round } from '../../domain/round/round.ts'
import { overlaps } from '../../domain/round/rules.ts'
import { findDataset } from '../dataset/read.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { findRound, listLocks, listRounds } from './read.ts'

type Days = Pick<Round, 'name' | 'from' | 'until'>

export async function makeRound(tx: Writer, viewer: Viewer, { dataset, area, ...days }: Days & { dataset: DatasetId; area: AreaCode }): Promise<{ id: RoundId }> {
  mustRun(viewer, area)
  if (!await findDataset(tx, dataset)) throw datasetProblems.notFound({ id: dataset })
  const round: Round = { id: RoundId.parse(randomUUID()), dataset, area, ...days }
  await mustFit(tx, round)
  await sql`insert into core.round (area_code, id, dataset_id, name_th, name_en, from_day, until_day, made_by)
    values (${area}, ${round.id}, ${dataset}, ${days.name.th}, ${days.name.en}, ${days.from}, ${days.until}, ${viewer.person.id})`.execute(tx)
  await note(tx, { action: 'round.make', area, target: `${dataset} ${round.id}` })
  return { id: round.id }
}

export async function changeRound(tx: Writer, viewer: Viewer, id: RoundId, days: Days): Promise<{ id: RoundId }> {
  const found = await findRound(tx, id)
  if (!found) throw roundProblems.notFound({})
  mustRun(viewer, found.area)
  const locks = (await listLocks(tx, [found.area], [id])).get(id) ?? []
  if (locks.some(({ opened }) => opened === null)) throw roundProblems.isLocked({})
  await mustFit(tx, { ...found, ...days })
  await sql`update core.round set name_th = ${days.name.th}, name_en = ${days.name.en}, from_day = ${days.from}, until_day = ${days.until} where area_code = ${found.area} and id = ${id}`.execute(tx)
  await note(tx, { action: 'round.change', area: found.area, target: `${found.dataset} ${id}` })
  return { id }
}

function mustRun(viewer: Viewer, area: AreaCode): void {
  if (!can(viewer, 'run-rounds', area)) throw accessProblems.noRight({ right: 'run-rounds', ask: whoGives('run-rounds') })
  if (!['nation', 'province'].includes(levelOf(area))) throw roundProblems.level({})
}

/** One after the other, so that a day falls in one round of whoever runs them. */
async function mustFit(tx: Writer, round: Round): Promise<void> {
  if (round.until < round.from) throw roundProblems.dates({})
  await sql`select pg_advisory_xact_lock(hashtext(${`round ${round.area} ${round.dataset}`}))`.execute(tx)
  const other = (await listRounds(tx, [round.area], round.dataset)).find(one => one.id !== round.id && one.area === round.area && overlaps(one, round))
  if (other) throw roundProblems.overlaps({ name: other.name })
}
