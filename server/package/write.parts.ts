import { sql } from 'kysely'
import type { RecordId } from '../../domain/base/ids.ts'
import { isWithin, NATION } from '../../domain/area/rules.ts'
import { packageProblems } from '../../domain/package/problems.ts'
import { linesOf, type Part } from '../../domain/package/rules.parts.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { mustBeFiled } from './read.filed.ts'
import { partFileOf, rowsIn, submissionOf, type Given, type Line } from './read.given.ts'
import { listColumns } from './read.original.ts'

/** What is known of this house while a package comes in. */
export type Coming = {
  given: Given; /** Whether citizens' numbers of the package can be opened here. */ sameKeys: boolean; columns: ReadonlyMap<string, string[]>
  /** Records and submissions that come in, and those that were here before: these are left as they are. */
  fresh: Set<string>; known: Set<string>; datasets: Set<string>; numbersDropped: number; formsClosed: number
}
export type Count = { given: number; taken: number; already: number }

const MOST_ROWS = 500, MOST_CHARACTERS = 1 << 23
const SEALED = /sealed:1:[A-Za-z0-9_-]+/g

export async function makeComing(tx: Writer, given: Given, sameKeys: boolean): Promise<Coming> {
  return { given, sameKeys, columns: await listColumns(tx), fresh: new Set(), known: new Set(), datasets: new Set(), numbersDropped: 0, formsClosed: 0 }
}

/** The rows of a part, some at a time. */
export async function keepPart(tx: Writer, coming: Coming, part: Part): Promise<Count> {
  const file = partFileOf(coming.given, part), count = { given: 0, taken: 0, already: 0 }, here = coming.columns.get(part.table) ?? []
  const columns = (file?.columns ?? []).filter(column => column !== part.counter), unknown = columns.find(column => !here.includes(column))
  if (unknown) throw packageProblems.newer({ what: `${part.table}.${unknown}` })
  for await (const lines of batchesOf(rowsIn(coming.given, part))) {
    const wanted = await chooseNew(tx, coming, part, lines), taken = wanted.length === 0 ? 0 : await keepLines(tx, coming, part, columns, wanted)
    count.given += lines.length
    count.taken += taken
    count.already += lines.length - taken
  }
  if (part.name !== 'numbers' || coming.sameKeys) return count
  coming.numbersDropped = count.already
  return { ...count, already: 0 }
}

async function* batchesOf(lines: AsyncIterable<Line>): AsyncGenerator<Line[]> {
  let batch: Line[] = [], characters = 0
  for await (const line of lines) {
    batch.push(line)
    characters += line.text.length
    if (batch.length < MOST_ROWS && characters < MOST_CHARACTERS) continue
    yield batch
    batch = []
    characters = 0
  }
  if (batch.length > 0) yield batch
}

const recordOf = ({ row }: Line) => String(row['record_id'] ?? row['id'])

/** What belongs to something that was here before stays out. */
async function chooseNew(tx: Writer, coming: Coming, { name, of }: Part, lines: Line[]): Promise<Line[]> {
  if (name === 'numbers' && !coming.sameKeys) return []
  // what a place above defines changes nothing that is here already
  if (name === 'check-sets' || name === 'ladders') return lines.filter(({ row }) => isWithin(row.area_code, coming.given.manifest.area) || coming.datasets.has(String(row['dataset_id'])))
  // a file that is not here any more, of a submission that is, was taken away on purpose
  if (name === 'waiting' || name === 'attachments') return lines.filter(({ row }) => coming.fresh.has(submissionOf(row)))
  if (of !== 'record') return lines
  const asked = [...new Set(lines.map(recordOf))].filter(id => !coming.fresh.has(id) && !coming.known.has(id))
  const here = new Set(await listKnown(tx, asked))
  for (const id of asked) (here.has(id as RecordId) ? coming.known : coming.fresh).add(id)
  return lines.filter(line => coming.fresh.has(recordOf(line)))
}

async function listKnown(tx: Writer, ids: readonly string[]): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select id from core.record where id = any(${ids}::uuid[]) and ${within('area_code', [NATION])}
    union select record_id from raw.act where record_id = any(${ids}::uuid[]) and ${within('area_code', [NATION])}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** What is not taken, because its key is here already, is no fault. Gives how many were. */
async function keepLines(tx: Writer, coming: Coming, part: Part, columns: readonly string[], lines: readonly Line[]): Promise<number> {
  if (part.name === 'forms') await mustBeSameForms(tx, lines)
  if (part.name === 'records' || part.name === 'rows') await mustBeFiled(tx, part, lines)
  const names = sql.join(columns.map(column => sql.ref(column))), rows = `[${lines.map(({ text }) => coming.sameKeys ? text : text.replace(SEALED, '')).join(',')}]`
  const kept = await sql<Record<string, string>>`insert into ${sql.table(part.table)} (${names}) select ${names} from jsonb_populate_recordset(null::${sql.table(part.table)}, ${rows}::jsonb)
    on conflict do nothing returning ${part.name === 'submissions' ? sql`instance_id || ' ' || dataset_id as key` : part.name === 'datasets' ? sql`id as key` : part.name === 'forms' ? sql`area_code, dataset_id, version` : sql`1 as key`}`
    .execute(tx).catch(error => { throw badRow(part, lines, error) })
  if (part.name === 'submissions') for (const { key } of kept.rows) coming.fresh.add(key as string)
  if (part.name === 'datasets') for (const { key } of kept.rows) coming.datasets.add(key as string)
  if (part.name === 'forms') await closeFromAbove(tx, coming, kept.rows)
  return kept.rows.length
}

/** PostgreSQL's classes of faults in what was given (22, 23); anything else is a fault of the house. */
function badRow({ name }: Part, lines: readonly Line[], error: Error & { code?: string }): Error {
  return /^2[23]/.test(error.code ?? '') ? packageProblems.badLine({ name: linesOf(name), line: lines[0]?.at ?? 0, reason: error.message.slice(0, 200) }) : error
}

/** One name means one form: answers would be read by another one. */
async function mustBeSameForms(tx: Writer, lines: readonly Line[]): Promise<void> {
  const { rows: [other] } = await sql<{ dataset: string; version: string }>`
    select f.dataset_id as dataset, f.version from core.form f join jsonb_populate_recordset(null::core.form, ${`[${lines.map(({ text }) => text).join(',')}]`}::jsonb) g
      on g.area_code = f.area_code and g.dataset_id = f.dataset_id and g.version = f.version and g.md5 <> f.md5`.execute(tx)
  if (other) throw packageProblems.otherForm(other)
}

/** A form of a place above that this house does not have is kept so that its answers can be read, and offered to nobody. */
async function closeFromAbove(tx: Writer, coming: Coming, kept: readonly Record<string, string>[]): Promise<void> {
  for (const { area_code: area, dataset_id: dataset, version } of kept) {
    if (isWithin(area as never, coming.given.manifest.area)) continue
    const { numAffectedRows } = await sql`update core.form set closed_at = now() where area_code = ${area} and dataset_id = ${dataset} and version = ${version} and closed_at is null`.execute(tx)
    coming.formsClosed += Number(numAffectedRows)
  }
}
