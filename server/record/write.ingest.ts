import { sql } from 'kysely'
import type { AreaCode, DatasetId, PersonId, TokenId } from '../../domain/base/ids.ts'
import { submissionProblems } from '../../domain/record/problems.ts'
import type { StoredFile } from '../base/file-store.ts'
import type { Db, Writer } from '../db/db.ts'
import { speakFor, writeAs, type Scope } from '../db/scope.ts'

/** A submission as it is kept: read no further than was needed to know where it belongs, its citizens' numbers sealed. */
export type Submission = {
  area: AreaCode; instanceId: string; dataset: DatasetId; version: string; formArea: AreaCode; sha256: Buffer; xml: string; files: string[]
  person: PersonId; token: TokenId | null; client: string; deviceId: string | null; deprecatedId: string | null
  attachments: (StoredFile & { name: string; mediaType: string })[]
}
/** `same`: it was there already, byte for byte. */
export type Kept = 'new' | 'same' | 'other'
export type Ingest = { keep(submission: Submission): Promise<Kept> }

const MOST_AT_ONCE = 100, MOST_UNDER_WAY = 2

type Waiting = { submission: Submission; done: (kept: Kept) => void; fail: (error: unknown) => void }

/**
 * Keeps what arrives at the same moment in one transaction, with one wait for the disk; each is acknowledged after its commit. When
 * a transaction fails, each of its submissions is tried alone, so that one that cannot be kept does not take others with it.
 */
export function makeIngest(app: Db, onKept: () => void = () => {}): Ingest {
  const queue: Waiting[] = []
  let underWay = 0
  return { keep: submission => new Promise((done, fail) => { queue.push({ submission, done, fail }); next() }) }

  function next(): void {
    if (queue.length === 0 || underWay >= MOST_UNDER_WAY) return
    const batch = takeBatch(queue)
    underWay++
    void keepBatch(app, batch).then(onKept).finally(() => { underWay--; next() })
  }
}

/** The same instance twice in one statement could not be told apart: the second one waits for the next. */
function takeBatch(queue: Waiting[]): Waiting[] {
  const taken = new Map<string, Waiting>(), left: Waiting[] = []
  for (const waiting of queue.splice(0)) {
    const key = `${waiting.submission.instanceId} ${waiting.submission.dataset}`
    if (taken.size < MOST_AT_ONCE && !taken.has(key)) taken.set(key, waiting)
    else left.push(waiting)
  }
  queue.push(...left)
  return [...taken.values()]
}

async function keepBatch(app: Db, batch: readonly Waiting[]): Promise<void> {
  try {
    const kept = await keepAll(app, batch.map(waiting => waiting.submission))
    for (const [i, waiting] of batch.entries()) waiting.done(kept[i] as Kept)
  } catch (error) {
    if (batch.length === 1) batch[0]?.fail(error)
    else for (const waiting of batch) await keepBatch(app, [waiting])
  }
}

/** Each person's submissions in their own name, all in one transaction in the places of all of them. */
async function keepAll(app: Db, submissions: readonly Submission[]): Promise<Kept[]> {
  const areas = [...new Set(submissions.map(submission => submission.area))]
  const bySender = [...Map.groupBy(submissions, submission => `${submission.person} ${submission.token === null}`).values()]
  const outcomes = new Map<Submission, Kept>()
  await writeAs(app, scopeOf(bySender[0] as Submission[], areas), async tx => {
    for (const [i, ofSender] of bySender.entries()) {
      if (i > 0) await speakFor(tx, scopeOf(ofSender, areas))
      await keepOfSender(tx, ofSender, outcomes)
    }
  })
  return submissions.map(submission => outcomes.get(submission) as Kept)
}

function scopeOf([first]: readonly Submission[], areas: readonly AreaCode[]): Scope {
  const { person, token } = first as Submission
  return { person, kind: token === null ? 'person' : 'token', areas }
}

type Row = { turn: number; kept: boolean; same: boolean | null }

async function keepOfSender(tx: Writer, submissions: readonly Submission[], outcomes: Map<Submission, Kept>): Promise<void> {
  for (const submission of submissions) if (submission.deprecatedId !== null) await checkOriginal(tx, submission)
  const { rows } = await insertAll(tx, submissions)
  for (const { turn, kept, same } of rows) {
    const submission = submissions[turn - 1] as Submission
    outcomes.set(submission, kept ? 'new' : same ?? await isSame(tx, submission) ? 'same' : 'other')
  }
  await keepAttachments(tx, submissions.filter(submission => outcomes.get(submission) !== 'other'))
}

/** Kept, put in the queue to be read, and noted, in one statement that is planned once. Of one that was there before, whether it is the same. */
function insertAll(tx: Writer, given: readonly Submission[]) {
  const column = <T>(type: string, value: (submission: Submission) => T) => sql`${given.map(value)}::${sql.raw(type)}[]`
  return sql<Row>`select turn, is_kept as "kept", is_same as "same" from raw.keep(
    ${column('text', s => s.area)}, ${column('text', s => s.instanceId)}, ${column('text', s => s.dataset)}, ${column('text', s => s.version)},
    ${column('text', s => s.formArea)}, ${column('bytea', s => s.sha256)}, ${column('text', s => s.xml)}, ${column('jsonb', s => JSON.stringify(s.files))},
    ${given[0]?.person}, ${column('uuid', s => s.token)}, ${column('text', s => s.client)}, ${column('text', s => s.deviceId)}, ${column('text', s => s.deprecatedId)})`.execute(tx)
}

/** One that a neighbour kept a moment ago is seen only by a new statement; one in a place that is not ours is never seen, and is another. */
async function isSame(tx: Writer, { instanceId, dataset, sha256 }: Submission): Promise<boolean> {
  const row = await tx.selectFrom('raw.submission').where('instance_id', '=', instanceId).where('dataset_id', '=', dataset).select('sha256').executeTakeFirst()
  return row?.sha256.equals(sha256) ?? false
}

/** An edit names what it edits: that must be there, and nobody may have edited it since. Two edits at once wait for one another. */
async function checkOriginal(tx: Writer, { area, person, instanceId, dataset, deprecatedId }: Submission): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${deprecatedId}))`.execute(tx)
  const { rows } = await sql<{ isOriginal: boolean }>`
    select instance_id = ${deprecatedId} as "isOriginal" from raw.submission
    where dataset_id = ${dataset} and (instance_id = ${deprecatedId} or (deprecated_id = ${deprecatedId} and instance_id <> ${instanceId}))
    -- a row of a table is no submission, and can be edited as one
    union all select true from raw.act a where a.instance_id = ${deprecatedId} and a.dataset_id = ${dataset} and a.import_id is not null and (a.area_code = ${area} or a.person_id = ${person})`.execute(tx)
  if (!rows.some(row => row.isOriginal)) throw submissionProblems.unknownDeprecated({})
  if (rows.some(row => !row.isOriginal)) throw submissionProblems.superseded({})
}

/** Files of this and of later parts; one that is there already stays as it is. */
async function keepAttachments(tx: Writer, submissions: readonly Submission[]): Promise<void> {
  const rows = submissions.flatMap(({ area, instanceId, dataset, person, attachments }) => attachments.map(({ name, sha256, bytes, mediaType }) => ({
    area_code: area, instance_id: instanceId, dataset_id: dataset, name, sha256, bytes, media_type: mediaType, person_id: person,
  })))
  if (rows.length === 0) return
  await tx.insertInto('raw.attachment').values(rows).onConflict(conflict => conflict.columns(['instance_id', 'dataset_id', 'name']).doNothing()).execute()
}
