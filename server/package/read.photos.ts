import { sql } from 'kysely'
import type { DatasetId } from '../../domain/base/ids.ts'
import { freeOf, pathOf, type Pictured } from '../../domain/package/rules.ts'
import type { FileStore } from '../base/file-store.ts'
import { copyOut } from '../db/copy.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { answers, filterOf, type Looking } from '../record/read.answers.ts'
import { titleIn } from '../record/read.list.ts'
import type { Shown } from '../record/read.shown.ts'
import type { Held } from './read.contents.ts'
import { LINES, linesIn, type Packer } from './read.pack.ts'
import { csvText } from './read.tables.ts'

type Found = Omit<Pictured, 'dataset'> & { sha256: string; bytes: number }
/** Which file of the package holds which bytes: each is in it once. */
export type Placed = { paths: Map<string, string>; taken: Set<string> }

export const PHOTOS_PATH = 'photos/index.csv', PHOTOS_HEAD = ['path', 'dataset', 'record_id', 'row', 'field', 'title', 'file_name', 'media_type', 'bytes', 'sha256']

/** What the answers that may be seen name, under names that people read, with a table that says which is of which record. */
export async function packPhotos(tx: Reader, packer: Packer, store: FileStore, held: readonly Held[], looking: Looking, { paths, taken }: Placed): Promise<void> {
  const index: unknown[][] = [PHOTOS_HEAD]
  for (const { dataset, shown } of held) {
    for await (const found of listPhotos(tx, dataset.id, shown, looking)) {
      const { sha256, bytes, ...what } = found, bytesThere = paths.has(sha256) || await store.size(Buffer.from(sha256, 'hex')) !== null
      const path = paths.get(sha256) ?? freeOf(pathOf({ ...what, dataset: dataset.id }), taken)
      if (bytesThere) index.push([path, dataset.id, what.record, what.row, what.key, what.title, what.name, what.mediaType, bytes, sha256])
      if (!bytesThere || paths.has(sha256)) continue
      paths.set(sha256, path)
      taken.add(path)
      await packer.add(path, store.stream(Buffer.from(sha256, 'hex')), 'as it is')
    }
  }
  await packer.add(PHOTOS_PATH, csvText(index))
}

/** A file is found by its name among what the visits of its record brought, the latest first. */
async function* listPhotos(tx: Reader, id: DatasetId, shown: Shown, looking: Looking): AsyncGenerator<Found> {
  const named = shown.levels.flatMap(({ repeat, questions }) => questions.filter(({ type }) => type === 'file').map(({ key }) => namedBy(shown, looking, repeat, key)))
  if (named.length === 0) return
  const query = sql`
    select jsonb_build_object('record', n.id, 'title', n.title, 'row', n.row, 'key', n.key, 'name', n.name, 'sha256', encode(a.sha256, 'hex'), 'mediaType', a.media_type, 'bytes', a.bytes)::text
    from (${sql.join(named, sql` union all `)}) n cross join lateral (
      select a.sha256, a.media_type, a.bytes from raw.act act join raw.attachment a on a.instance_id = act.instance_id and a.dataset_id = act.dataset_id
      where ${within('act.area_code', looking.areas)} and ${within('a.area_code', looking.areas)} and act.area_code = n.area_code and act.record_id = n.id and a.name = n.name order by act.id desc limit 1) a
    order by n.title, n.id, n.key, n.row`
  for await (const line of linesIn(copyOut(tx, query, LINES), Infinity, () => new Error(id))) yield JSON.parse(line)
}

function namedBy(shown: Shown, looking: Looking, repeat: string | null, key: string) {
  const title = (row: string) => titleIn(answers(row, looking), shown.model), of = repeat === null ? 'x' : 'w'
  const name = sql`${answers(of, looking)} ->> ${sql.lit(key)}`
  const rows = repeat === null ? sql`core.record x` : sql`core.record x join core.record_row w on w.area_code = x.area_code and w.record_id = x.id and w.repeat = ${sql.lit(repeat)}`
  return sql`select x.area_code, x.id, ${title('x')} as title, ${repeat === null ? sql`null::int` : sql`w.position`} as row, ${sql.lit(key)}::text as key, ${name} as name
    from ${rows} where ${filterOf('x', shown, looking, {}, title('x'))} and ${name} is not null`
}
