import { sql } from 'kysely'
import type { AreaCode, RecordId, RoundId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { can } from '../../domain/access/can.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { whoGives } from '../../domain/access/rules.ts'
import type { RoundOutcome } from '../../domain/board/board.ts'
import type { Refused } from '../../domain/review/review.ts'
import { roundProblems } from '../../domain/round/problems.ts'
import type { Round } from '../../domain/round/round.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'
import { lookingOf } from '../record/read.answers.ts'
import { isSeenEver } from '../record/read.near.ts'
import { act } from '../review/write.ts'
import { findRound, listLocks } from '../round/read.ts'

type By = { viewer: Viewer; areas: readonly AreaCode[] }
type Acted = { done: number; refused: Refused[] }

/** Locks the records of a round in a place, as far as each may be: by the act that anybody's hand does. Nothing, where one cannot be and `all` were wanted. */
export async function lockRound(tx: Writer, by: By, id: RoundId, { area, mode, preview }: { area: AreaCode; mode: 'all' | 'good'; preview: boolean }): Promise<RoundOutcome> {
  const round = await hold(tx, by, id, area)
  if (await isLocked(tx, id, area)) throw roundProblems.isLocked({})
  const would = await actOn(tx, by, round, area, { act: 'lock', preview: true })
  if (preview || (mode === 'all' && would.refused.length > 0)) return outcomeOf({ ...would, done: preview ? would.done : 0 })
  const { done, refused } = await actOn(tx, by, round, area, { act: 'lock', preview: false }), { person } = by.viewer
  await sql`insert into core.round_lock (area_code, round_id, locked_by, locked_by_name, records, remaining) values (${area}, ${id}, ${person.id}, ${person.name}, ${done}, ${refused.length})`.execute(tx)
  await note(tx, { action: 'round.lock', area, target: `${round.dataset} ${id} ${done}` })
  return outcomeOf({ done, refused })
}

/** Opens what is locked of a round again, with a reason that whoever recorded it reads. */
export async function openRound(tx: Writer, by: By, id: RoundId, { area, reason }: { area: AreaCode; reason: string }): Promise<RoundOutcome> {
  const round = await hold(tx, by, id, area)
  if (!await isLocked(tx, id, area)) throw roundProblems.notLocked({})
  const opened = await actOn(tx, by, round, area, { act: 'reopen', preview: false, reason }), { person } = by.viewer
  await sql`update core.round_lock set opened_at = now(), opened_by = ${person.id}, opened_by_name = ${person.name}, reason = ${reason} where area_code = ${area} and round_id = ${id} and opened_at is null`.execute(tx)
  await note(tx, { action: 'round.open', area, target: `${round.dataset} ${id} ${opened.done}`, reason })
  return outcomeOf(opened)
}

/** One at a time in a place; by whoever verifies there. */
async function hold(tx: Writer, { viewer }: By, id: RoundId, area: AreaCode): Promise<Round> {
  const round = await findRound(tx, id)
  if (!round || !(area.startsWith(round.area) || round.area.startsWith(area))) throw roundProblems.notFound({})
  if (!can(viewer, 'verify-records', area)) throw accessProblems.noRight({ right: 'verify-records', ask: whoGives('verify-records') })
  await sql`select pg_advisory_xact_lock(hashtext(${`lock ${id} ${area}`}))`.execute(tx)
  return round
}

async function isLocked(tx: Writer, id: RoundId, area: AreaCode): Promise<boolean> {
  return (await listLocks(tx, [area], [id])).get(id)?.some(lock => lock.area === area && lock.opened === null) ?? false
}

/** Tambon by tambon: what one act can take at once is a tambon's. What is locked already is not told as a fault. */
async function actOn(tx: Writer, by: By, round: Round, area: AreaCode, { act: kind, preview, reason }: { act: 'lock' | 'reopen'; preview: boolean; reason?: string }): Promise<Acted> {
  const all: Acted = { done: 0, refused: [] }, filter = { from: round.from, until: round.until, ...kind === 'reopen' && { state: 'locked' as const } }
  for (const tambon of await listTambons(tx, by, round, area)) {
    const { done, refused } = await act(tx, { ...by, dataset: round.dataset }, { act: kind, filter: { ...filter, area: tambon }, mode: 'good', preview, ...reason && { reason } })
    all.done += done
    all.refused.push(...refused.filter(({ code }) => code !== 'review/locked'))
  }
  return all
}

async function listTambons(tx: Writer, { viewer, areas }: By, { dataset, from, until }: Round, area: AreaCode): Promise<AreaCode[]> {
  const looking = lookingOf(viewer, areas, { area })
  const { rows } = await sql<{ code: AreaCode }>`
    select distinct left(r.area_code, 8) as code from core.record r
    where ${within('r.area_code', looking.areas)} and r.dataset_id = ${dataset} and r.day between ${from}::date and ${until}::date and ${isSeenEver('r', looking)} order by 1`.execute(tx)
  return rows.map(({ code }) => code)
}

const FEW = 20

function outcomeOf({ done, refused }: Acted): RoundOutcome {
  const reasons = [...Map.groupBy(refused, ({ say }) => say.en).values()].map(same => {
    const [{ code, say }] = same as [Refused, ...Refused[]]
    return { code, say, count: same.length, ids: same.slice(0, FEW).map(({ id }): RecordId => id) }
  })
  return { done, remaining: refused.length, reasons: reasons.sort((a, b) => b.count - a.count) }
}
