import { sql, type RawBuilder } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import { ancestorsOf } from '../../domain/area/rules.ts'
import type { PartFile } from '../../domain/package/package.ts'
import { linesOf, PARTS, type Part } from '../../domain/package/rules.parts.ts'
import type { FileStore } from '../base/file-store.ts'
import { copyOut } from '../db/copy.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { LINES, linesIn, measured, type Packer } from './read.pack.ts'
import type { Placed } from './read.photos.ts'

/** What nothing is lost in: each table's rows as they are. Of what whoever asks may not see whole, definitions alone. */
export async function packOriginal(tx: Reader, packer: Packer, area: AreaCode, isWhole: boolean, placed: Placed): Promise<PartFile[]> {
  const columns = await listColumns(tx), files: PartFile[] = []
  for (const part of PARTS.filter(({ of }) => isWhole || of === 'definition')) {
    const lines = copyOut(tx, rowsOf(part, area), LINES)
    await packer.add(linesOf(part.name), measured(part.name === 'attachments' ? withPaths(lines, placed) : lines, told => {
      files.push({ name: part.name, columns: (columns.get(part.table) ?? []).filter(column => column !== part.counter), ...told })
    }))
  }
  return files
}

/** The columns of the tables that travel, in their order. */
export async function listColumns(tx: Reader): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_schema || '.' || table_name as "table", column_name as "column" from information_schema.columns
    where table_schema || '.' || table_name in (${sql.join(PARTS.map(({ table }) => table))}) order by ordinal_position`.execute(tx)
  return new Map([...Map.groupBy(rows, ({ table }) => table)].map(([table, all]) => [table, all.map(({ column }) => column)]))
}

/** A row of a table as JSON, in an order that always is the same. */
export function rowsOf({ table, of, order, counter, only }: Part, area: AreaCode): RawBuilder<unknown> {
  const here = within('t.area_code', [area]), id = sql.ref(table === 'core.dataset' ? 't.id' : 't.dataset_id')
  // of the places above, what is needed to read what is here
  const used = sql.join(['core.record', 'raw.submission', 'raw.act'].map(name => sql`select u.dataset_id from ${sql.table(name)} u where ${within('u.area_code', [area])}`), sql` union `)
  const where = of !== 'definition' ? here : sql`(${here} or (t.area_code in (${sql.join(['', ...ancestorsOf(area)])}) and ${id} in (${used})))`
  return sql`select ${counter ? sql`to_jsonb(t) - ${sql.lit(counter)}` : sql`to_jsonb(t)`} from ${sql.table(table)} t where ${where} ${only ? sql`and (${sql.raw(only)})` : sql``}
    order by ${sql.join(order.map(column => sql.ref(`t.${column}`)))}`
}

/** Each file lies in the package once, under the path that its line says. */
async function* withPaths(lines: AsyncIterable<Buffer>, { paths }: Placed): AsyncGenerator<string> {
  for await (const line of linesIn(lines, Infinity, () => new Error('attachments'))) {
    const row = JSON.parse(line) as { sha256: string }
    yield `${JSON.stringify({ ...row, path: paths.get(row.sha256.slice(2)) ?? null })}\n`
  }
}

/** Files that no answer names any more, or that belong to no record: by their hash. Gives how many are lost. */
export async function packLoose(tx: Reader, packer: Packer, store: FileStore, area: AreaCode, { paths }: Placed): Promise<number> {
  let lost = 0
  const all = sql`select distinct encode(a.sha256, 'hex') from raw.attachment a where ${within('a.area_code', [area])} order by 1`
  for await (const sha256 of linesIn(copyOut(tx, all, LINES), Infinity, () => new Error('attachments'))) {
    if (paths.has(sha256)) continue
    if (await store.size(Buffer.from(sha256, 'hex')) === null) { lost++; continue }
    paths.set(sha256, `original/files/${sha256}`)
    await packer.add(`original/files/${sha256}`, store.stream(Buffer.from(sha256, 'hex')), 'as it is')
  }
  return lost
}
