import { sql } from 'kysely'
import type { TableImportId } from '../../domain/table/table.ts'
import { copyInto, type Cell } from '../db/copy.ts'
import type { Writer } from '../db/db.ts'
import { compareLater, keepNumbers, keepStanding, ownOf, sameOf, type Standing } from '../record/write.standing.ts'
import type { Made } from './write.records.ts'

/** Whose import it is. */
export type Bringing = { id: TableImportId; personName: string | null }
type New = Made & { standing: Standing }

/** The way in: rows travel by COPY into a table of this transaction (one under a policy takes none) and go from there to where they belong. */
export async function openWay(tx: Writer): Promise<void> {
  await sql`create temporary table table_row on commit drop as select ${sql.join(OWN.map(name => sql.ref(name)))}, 0 as line from core.record where false`.execute(tx)
}

const OWN = ['area_code', 'id', 'about', 'day', 'open', 'internal', 'personal', 'sensitive', 'faults', 'asked', 'answered', 'lat', 'lon', 'point_kept', 'may_publish', 'type'] as const
const SAME = { dataset_id: 'text', state: 'text', form_area: 'text', version: 'text', versions: 'int', acts: 'int', made_at: 'timestamptz', made_by: 'uuid', changed_at: 'timestamptz', changed_by: 'uuid', acted_at: 'timestamptz' } as const

/** Keeps what a few thousand rows came to, in a handful of statements. */
export async function keepMade(tx: Writer, bringing: Bringing, made: readonly Made[]): Promise<void> {
  const kept = made.filter((one): one is New => one.standing !== null)
  await keepNew(tx, bringing, kept.filter(({ outcome }) => outcome === 'new'))
  await keepUpdates(tx, bringing, kept.filter(({ outcome }) => outcome === 'updated'))
}

/** What all of them have in common is said once. */
async function keepNew(tx: Writer, { id, personName }: Bringing, made: readonly New[]): Promise<void> {
  const [first] = made
  if (!first) return
  await copyInto(tx, 'table_row', [...OWN, 'line'], made.map(({ standing, read }) => cellsOf(standing, read.row.line)))
  const own = sql.join(OWN.map(name => sql.ref(name))), same = sameOf(first.standing), instance = sql`'uuid:' || id`
  const value = (name: keyof typeof SAME) => sql`${same[name]}::${sql.raw(SAME[name])}`
  await sql`
    with kept as (
      insert into core.record (${own}, instance_id, ${sql.join(Object.keys(SAME).map(name => sql.ref(name)))})
      select ${own}, ${instance}, ${sql.join((Object.keys(SAME) as (keyof typeof SAME)[]).map(value))} from table_row)
    insert into raw.act (area_code, record_id, dataset_id, kind, at, person_id, person_name, instance_id, import_id, line, form_area, version, answers)
      select area_code, id, ${value('dataset_id')}, 'make', ${value('made_at')}, ${value('made_by')}, ${personName}, ${instance}, ${id}::uuid, line, ${value('form_area')}, ${value('version')},
        jsonb_build_object('open', open, 'internal', internal, 'personal', personal, 'sensitive', sensitive) from table_row`.execute(tx)
  await sql`truncate table_row`.execute(tx)
  const standing = made.map(one => one.standing)
  await keepNumbers(tx, standing)
  await compareLater(tx, standing)
}

function cellsOf(standing: Standing, line: number): Cell[] {
  const own = ownOf(standing)
  return [...OWN.map(name => cellOf(own[name])), line]
}

function cellOf(value: unknown): Cell {
  return value === undefined || value === null ? null : typeof value === 'object' ? JSON.stringify(value) : value as Cell
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
