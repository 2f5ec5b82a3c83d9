import { sql, type RawBuilder } from 'kysely'
import type { TableImportId } from '../../domain/table/table.ts'
import type { Writer } from '../db/db.ts'
import { compareLater, keepNumbers, keepStanding, ownOf, sameOf, type Standing } from '../record/write.standing.ts'
import type { Made } from './write.records.ts'

/** Whose import it is. */
export type Bringing = { id: TableImportId; personName: string | null }
type New = Made & { standing: Standing }

/** Keeps what a few thousand rows came to, in a handful of statements; the large one is put together at once, so that the database need not wait for it. */
export function keepMade(bringing: Bringing, made: readonly Made[]): (tx: Writer) => Promise<void> {
  const kept = made.filter((one): one is New => one.standing !== null)
  const keepThese = keepNew(bringing, kept.filter(({ outcome }) => outcome === 'new'))
  return async tx => {
    await keepThese(tx)
    await keepUpdates(tx, bringing, kept.filter(({ outcome }) => outcome === 'updated'))
  }
}

const OWN = {
  area_code: 'text', id: 'uuid', about: 'uuid', day: 'date', open: 'jsonb', internal: 'jsonb', personal: 'jsonb', sensitive: 'jsonb', faults: 'jsonb', asked: 'int', answered: 'int',
  lat: 'float8', lon: 'float8', point_kept: 'text', may_publish: 'bool', type: 'text',
} as const
const SAME = { dataset_id: 'text', state: 'text', form_area: 'text', version: 'text', versions: 'int', acts: 'int', made_at: 'timestamptz', made_by: 'uuid', changed_at: 'timestamptz', changed_by: 'uuid', acted_at: 'timestamptz' } as const
const namesOf = <Name extends string>(columns: Record<Name, string>) => Object.keys(columns) as Name[], refs = (names: readonly string[]) => sql.join(names.map(name => sql.ref(name)))

/** One statement, sent at once: columns travel as texts, which is as fast as COPY (what is under a policy takes none), and what all rows have in common is said once. */
function keepNew({ id, personName }: Bringing, made: readonly New[]): (tx: Writer) => Promise<void> {
  const [first] = made
  if (!first) return async () => {}
  const same = sameOf(first.standing), value = (name: keyof typeof SAME) => sql`${same[name]}::${sql.raw(SAME[name])}`, instance = sql`'uuid:' || id`
  const own = namesOf(OWN), others = own.filter(name => name !== 'type')
  const insert = sql`
    with own as materialized (${rowsOf(made)}),
    kept as (
      insert into core.record (${refs(others)}, type, instance_id, ${refs(namesOf(SAME))})
      select ${refs(others)}, coalesce(type, ''), ${instance}, ${sql.join(namesOf(SAME).map(value))} from own)
    insert into raw.act (area_code, record_id, dataset_id, kind, at, person_id, person_name, instance_id, import_id, line, form_area, version, answers)
      select area_code, id, ${value('dataset_id')}, 'make', ${value('made_at')}, ${value('made_by')}, ${personName}, ${instance}, ${id}::uuid, line, ${value('form_area')}, ${value('version')},
        jsonb_build_object('open', open, 'internal', internal, 'personal', personal, 'sensitive', sensitive) from own`, standing = made.map(one => one.standing)
  return async tx => {
    await insert.execute(tx)
    await keepNumbers(tx, standing)
    await compareLater(tx, standing)
  }
}

/** A sign that JSON writes otherwise, and nobody types. Nothing between two of them is null. */
const BETWEEN = '\u001f'

function rowsOf(made: readonly New[]): RawBuilder<unknown> {
  const rows = made.map(({ standing, read }) => ({ ...ownOf(standing), line: read.row.line }))
  const columns = Object.entries({ ...OWN, line: 'int' }).map(([name, type]) => ({ name, type: sql.raw(type), cells: rows.map(row => textOf(row[name as keyof typeof OWN | 'line'])) }))
  const each = columns.filter(({ name, cells }) => name === 'id' || cells.some(cell => cell !== cells[0])), once = columns.filter(column => !each.includes(column))
  const arrays = each.map(({ type, cells }) => sql`string_to_array(${cells.join(BETWEEN)}, ${BETWEEN}, '')::${type}[]`)
  return sql`select ${sql.join([sql`own.*`, ...once.map(({ name, type, cells }) => sql`nullif(${cells[0]}::text, '')::${type} as ${sql.ref(name)}`)])} from unnest(${sql.join(arrays)}) as own (${refs(each.map(({ name }) => name))})`
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell !== 'object') return typeof cell === 'string' ? cell.replaceAll(BETWEEN, ' ') : String(cell)
  // most rows have no fault, and nothing that is kept closely
  return isEmpty(cell) ? Array.isArray(cell) ? '[]' : '{}' : JSON.stringify(cell)
}

function isEmpty(cell: object): boolean {
  for (const _ in cell) return false
  return true
}

/** An update is kept as a visit is; its act says how the record stood before, so that it can be taken back. */
async function keepUpdates(tx: Writer, { id, personName }: Bringing, made: readonly New[]): Promise<void> {
  if (made.length === 0) return
  const before = await listBefore(tx, made)
  await keepStanding(tx, made.map(({ standing }) => standing), [])
  const acts = made.map(({ standing, read }) => ({
    area_code: standing.area, record_id: standing.id, dataset_id: standing.dataset, kind: 'update', at: standing.changedAt.toISOString(), person_id: standing.changedBy, person_name: personName, instance_id: standing.instance,
    import_id: id, line: read.row.line, form_area: standing.formArea, version: standing.version, change: before.get(standing.id),
    answers: { open: standing.open, internal: standing.internal, personal: standing.personal, sensitive: standing.sensitive },
  }))
  const columns = sql.join(Object.keys(acts[0] as object).map(name => sql.ref(name)))
  await sql`insert into raw.act (${columns}) select ${columns} from jsonb_populate_recordset(null::raw.act, ${JSON.stringify(acts)}::jsonb) order by line`.execute(tx)
}

/** Records as they stand, with their citizens' numbers, sealed. */
async function listBefore(tx: Writer, made: readonly New[]): Promise<Map<string, unknown>> {
  const areas = [...new Set(made.flatMap(({ before }) => before?.area ?? []))], ids = made.map(({ standing }) => standing.id)
  const { rows } = await sql<{ id: string; before: unknown }>`
    select r.id, jsonb_build_object('before', to_jsonb(r), 'numbers', coalesce((select jsonb_agg(to_jsonb(n)) from core.national_id n where n.area_code = r.area_code and n.record_id = r.id), '[]')) as before
    from core.record r where r.area_code = any(${areas}) and r.id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, before }) => [id, before]))
}
