import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { AreaCode } from '../../domain/base/ids.ts'
import { TABLE_MOST_BYTES } from '../../domain/table/api.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import { TableImportId, type TableColumn, type TableSubject } from '../../domain/table/table.ts'
import { parseNationalId } from '../../engine/form/national-id.ts'
import { openTable, type OpenTable, type TableChoice } from '../../engine/table/open.ts'
import { TURNED_ROWS } from '../../engine/table/turn.ts'
import type { TableSource } from '../../engine/table/source.ts'
import type { Spool } from '../base/spool.ts'
import type { Db, Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { readAs, SYSTEM, writeAs, type Scope } from '../db/scope.ts'
import { getPlaces, isProvinceIn } from './read.places.ts'
import { getOfferedSubject, getSubject, type Subject } from './read.subject.ts'
import { findMapping, type KeptTable } from './read.ts'
import { fileName, sourceFor } from './write.read.ts'
import { hashOfColumns, keepMapping, keepShape } from './write.state.ts'

export type Giving = { app: Db; spool: Spool; scope: Scope; name: string }
export type Given = { file: string; dataset: TableSubject; stream: Readable; /** Where it is known beforehand. */ bytes?: number }

/** Keeps a file beside the database, finds out what it is, and says where its columns may go. Of one that is no table nothing is kept. */
export async function giveTable({ app, spool, scope, name }: Giving, { file: givenName, dataset, stream, bytes = 0 }: Given): Promise<TableImportId> {
  if (bytes > TABLE_MOST_BYTES) throw tooLarge()
  const file = plainName(givenName), offered = await readAs(app, scope, tx => getOfferedSubject(tx, dataset, scope.areas)), id = TableImportId.parse(randomUUID())
  const kept = await spool.keep(fileName(id), stream, TABLE_MOST_BYTES)
  if (kept === null) throw tooLarge()
  try {
    const table = await openAsMeant(app, spool, { id, file }, offered)
    await keepSamples(spool, id, table.columns)
    await writeAs(app, scope, tx => insert(tx, { id, file, dataset, ...kept, name, scope }, offered, table))
    return id
  } catch (error) {
    await spool.erase(fileName(id), samplesName(id))
    throw error
  }
}

const tooLarge = () => tableProblems.tooLarge({ limitBytes: TABLE_MOST_BYTES })

/** The last part of the name, without anything that is not shown. */
function plainName(name: string): string {
  return (name.split(/[/\\]/).at(-1) ?? '').replace(/\p{C}/gu, '').slice(0, 200) || '?'
}

async function openKept(spool: Spool, of: Pick<KeptTable, 'id' | 'file'>, choice?: TableChoice): Promise<OpenTable> {
  const opened = await openTable(await sourceFor(spool, of) satisfies TableSource, choice)
  if ('fault' in opened) throw tableProblems.notTable({ fault: opened.fault })
  return opened.table
}

const MOST_FORM_COLUMNS = 8, LEAST_FIELDS = 4

/** A form on paper that became a sheet is turned where many more of its fields are found so. */
async function openAsMeant(app: Db, spool: Spool, of: Pick<KeptTable, 'id' | 'file'>, { suggest }: Subject): Promise<OpenTable> {
  const table = await openKept(spool, of), isProvince = isProvinceIn(await readAs(app, SYSTEM, getPlaces)), fields = ({ columns }: OpenTable) => suggest(columns, isProvince).columns.length
  if (table.columns.length > MOST_FORM_COLUMNS || table.rows > TURNED_ROWS) return table
  const turned = await openTable(await sourceFor(spool, of), { turned: true })
  return 'table' in turned && fields(turned.table) >= Math.max(LEAST_FIELDS, 2 * fields(table)) ? turned.table : table
}

type Row = { id: TableImportId; file: string; dataset: TableSubject; bytes: number; sha256: Buffer; name: string; scope: Scope }

async function insert(tx: Writer, { id, file, dataset, bytes, sha256, name, scope }: Row, subject: Subject, table: OpenTable): Promise<void> {
  const [area] = scope.areas as [AreaCode], of = { area, id }
  await sql`insert into raw.table_import (area_code, id, dataset_id, form_area, version, file, bytes, sha256, person_id, person_name, mapping)
    values (${area}, ${id}, ${dataset}, ${subject.formArea}, ${subject.version}, ${file}, ${bytes}, ${sha256}, ${scope.person}::uuid, ${name}, '{}')`.execute(tx)
  await keepShape(tx, of, table)
  await mapAnew(tx, { ...of, dataset }, scope.areas, subject, table.columns)
  await note(tx, { action: 'table.give', area, target: `${dataset} ${id}` })
}

/** As somebody mapped such columns before, else as their names suggest. */
async function mapAnew(tx: Writer, of: Pick<KeptTable, 'area' | 'id' | 'dataset'>, areas: readonly AreaCode[], subject: Subject, columns: readonly TableColumn[]): Promise<void> {
  const names = columns.map(({ name }) => name), remembered = await findMapping(tx, areas, of.dataset, names, hashOfColumns(names))
  await keepMapping(tx, of, remembered ?? subject.suggest(columns, isProvinceIn(await getPlaces(tx))), remembered !== null)
}

/** The file is of another shape than was found: its columns are read anew. */
export async function reshape(tx: Writer, spool: Spool, areas: readonly AreaCode[], kept: KeptTable, choice: TableChoice, keepsMapping: boolean): Promise<void> {
  const table = await openKept(spool, kept, choice)
  await keepShape(tx, kept, table)
  await keepSamples(spool, kept.id, table.columns)
  if (!keepsMapping) await mapAnew(tx, kept, areas, await getSubject(tx, kept), table.columns)
}

const samplesName = (id: TableImportId) => `${id}.columns`

/** What stands in the first rows lies beside the file and goes with it; what may be a citizen's number is not shown at all. */
async function keepSamples(spool: Spool, id: TableImportId, columns: readonly TableColumn[]): Promise<void> {
  const file = await spool.write(samplesName(id))
  await new Promise<void>((done, fail) => { file.on('error', fail); file.end(JSON.stringify(columns.map(column => ({ ...column, samples: column.samples.map(masked) }))), () => done()) })
}

const masked = (sample: string) => parseNationalId(sample) ? 'x'.repeat(13) : sample

/** The columns with their samples, for whoever gave the file. */
export async function columnsOf(spool: Spool, { id, columns }: KeptTable): Promise<TableColumn[]> {
  // an import that ends meanwhile takes them along
  const samples = await text(spool.read(samplesName(id))).catch((error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') return null; throw error })
  return samples === null ? columns : JSON.parse(samples) as TableColumn[]
}

