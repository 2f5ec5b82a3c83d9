import { sql } from 'kysely'
import { AreaCode, type AreaCode as Code } from '../../domain/base/ids.ts'
import { Problem } from '../../domain/base/problem.ts'
import { isWithin, NATION } from '../../domain/area/rules.ts'
import { baseProblems } from '../../domain/base/problems.ts'
import { placesToImport } from '../../domain/table/can.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import { sourceOf } from '../../domain/table/rules.figures.ts'
import type { TableImportId, TableReport } from '../../domain/table/table.ts'
import { loadViewer } from '../access/read.viewer.ts'
import { tryOut, type Db, type Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { readAs, SYSTEM, writeAs, type Scope } from '../db/scope.ts'
import { findKept, findSame, type KeptTable, type TableJob } from './read.ts'
import { unitOf } from './read.subject.ts'
import { figureWay } from './write.figures.ts'
import { undoFigures } from './write.figures.undo.ts'
import { fileName, readThrough, type Reading, type Told, type Way, type WorkParts } from './write.read.ts'
import { giveUp, noteBegun, noteProgress, rememberMapping, settle } from './write.state.ts'
import { undoImport } from './write.undo.ts'
import { recordWay } from './write.way.ts'

export type Workshop = Omit<WorkParts, 'progress'> & { tell: (message: string) => void }
const WORKING = 7254425, MOST_TRIES = 3, TELLS_EVERY_MS = 300

/** Does what is asked for of a table; false: another process is at it. What is killed half-way has left nothing, and is begun anew by the next. */
export function workOn(shop: Workshop, id: TableImportId): Promise<boolean> {
  return shop.app.connection().execute(async one => {
    const { rows: [lock] } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${WORKING}, hashtext(${id})) as mine`.execute(one)
    if (!lock?.mine) return false
    try {
      const kept = await readAs(shop.app, SYSTEM, tx => findKept(tx, [NATION], id))
      if (kept?.job) await begin(shop, kept, kept.job)
      return true
    } finally {
      await sql`select pg_advisory_unlock(${WORKING}, hashtext(${id}))`.execute(one)
    }
  })
}

async function begin(shop: Workshop, kept: KeptTable, job: TableJob): Promise<void> {
  try {
    if (kept.tries >= MOST_TRIES) throw tableProblems.stopped({})
    await noteBegun(shop.app, kept)
    const scope = { ...job.by, areas: await placesNow(shop.app, kept, job) }
    await WORKS[job.does]({ ...shop, progress: makeProgress(shop.app, kept) }, kept, job, scope)
  } catch (error) {
    // the next server does it
    if (shop.signal.aborted) throw error
    if (!(error instanceof Problem)) shop.tell(`the table ${kept.id} could not be worked on: ${(error as Error).stack}`)
    await giveUp(shop.app, kept, (error instanceof Problem ? error : baseProblems.fault({ id: kept.id.slice(0, 8) })).say)
  }
}

/** The places that were asked for, as far as the right still holds there. */
async function placesNow(app: Db, { dataset }: KeptTable, { by: { person, areas } }: TableJob): Promise<Code[]> {
  const asked = areas.map(area => AreaCode.parse(area))
  if (person === null) return asked
  const viewer = await loadViewer(app, person, 'session', null), unit = await readAs(app, SYSTEM, tx => unitOf(tx, dataset))
  const now = viewer ? placesToImport(viewer, unit) : [], held = asked.filter(area => now.some(place => isWithin(area, place)))
  if (held.length === 0) throw tableProblems.rightEnded({})
  return held
}

function makeProgress(app: Db, kept: KeptTable): WorkParts['progress'] {
  let told = 0
  return async done => {
    if (Date.now() - told < TELLS_EVERY_MS) return
    told = Date.now()
    await noteProgress(app, kept, done, kept.bytes)
  }
}

type Work = (parts: WorkParts, kept: KeptTable, job: TableJob, scope: Scope) => Promise<void>

const wayFor = (parts: WorkParts, kept: KeptTable, job: TableJob, areas: Scope['areas']): Promise<Way> => sourceOf(kept.dataset) === null ? recordWay(parts, kept, job, areas) : figureWay(parts, kept, areas)

const NOTHING = async () => {}, onto = (tx: Writer, keep: (tx: Writer) => Promise<void>) => () => keep(tx)

const tryTable: Work = async (parts, kept, job, scope) => {
  const way = await wayFor(parts, kept, job, scope.areas)
  const reading = await writeAs(parts.app, scope, tx => tryOut(tx, async () => {
    const reading = await readThrough(parts, kept, way, { ask: look => look(tx), keep: made => way.needsAll ? onto(tx, way.keep(made)) : NOTHING })
    await way.close(tx, reading.book, false)
    return reading
  }))
  await writeAs(parts.app, SYSTEM, tx => settle(tx, kept, 'tried', reportOf(reading, kept, reading.book.isBroken || reading.book.counts.good === 0 ? 'refused' : 'would-import')))
}

/** Thrown to take everything back. */
class Refused extends Error {
  readonly report: TableReport
  constructor(report: TableReport) { super('refused'); this.report = report }
}

/** All in one transaction: while faulty rows refuse the whole, the rest is read on only to be told of. */
const bringIn: Work = async (parts, kept, job, scope) => {
  try {
    await writeAs(parts.app, scope, tx => bringAll(tx, parts, kept, job, scope))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    await writeAs(parts.app, SYSTEM, tx => settle(tx, kept, 'refused', error.report))
    return
  }
  await parts.spool.erase(fileName(kept.id), `${kept.id}.columns`)
}

async function bringAll(tx: Writer, parts: WorkParts, kept: KeptTable, job: TableJob, scope: Scope): Promise<void> {
  const same = await findSame(tx, scope.areas, kept)
  if (same && !job.how.again) throw tableProblems.sameFile({ at: same.at.slice(0, 10), by: same.byName })
  // no place gets another code between being looked up and being written: a change of places waits for this, or this for it
  await sql`lock table core.record in row exclusive mode`.execute(tx)
  const way = await wayFor(parts, kept, job, scope.areas)
  await way.open(tx)
  let isRefused = false
  const keep = (made: readonly Told[]) => {
    isRefused ||= !job.how.keepGood && made.some(({ outcome }) => outcome === 'faulty')
    return isRefused && !way.needsAll ? NOTHING : onto(tx, way.keep(made))
  }
  const reading = await readThrough(parts, kept, way, { ask: look => look(tx), keep })
  const { book, book: { counts } } = reading
  await way.close(tx, book, !isRefused && !book.isBroken)
  if (book.isBroken || counts.good === 0 || (counts.faulty > 0 && !job.how.keepGood)) throw new Refused(reportOf(reading, kept, 'refused'))
  await settle(tx, kept, 'imported', reportOf(reading, kept, 'imported'))
  await rememberMapping(tx, kept)
  await note(tx, { action: 'table.import', area: kept.area, target: `${kept.dataset} ${counts.new + counts.updated} ${kept.id}` })
}

const takeBack: Work = async (parts, kept, _job, scope) => {
  await writeAs(parts.app, scope, async tx => {
    const { acts, ...told } = sourceOf(kept.dataset) === null ? await undoImport(tx, scope.areas, kept) : { acts: await undoFigures(tx, scope.areas, kept) }
    await settle(tx, kept, 'undone', kept.report && { ...kept.report, outcome: 'undone', ...told })
    await note(tx, { action: 'table.undo', area: kept.area, target: `${kept.dataset} ${acts} ${kept.id}` })
  })
}

const WORKS: Record<TableJob['does'], Work> = { try: tryTable, import: bringIn, undo: takeBack }

function reportOf({ book, places }: Reading, { shape }: KeptTable, outcome: TableReport['outcome']): TableReport {
  return book.toReport(outcome, shape, places.nameOf)
}
