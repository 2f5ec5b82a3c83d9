import { sql } from 'kysely'
import type { RecordId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { MergedOf } from '../../domain/duplicate/rules.merge.ts'
import type { Answers } from '../../domain/record/record.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { namesIn } from '../record/read.file.ts'
import type { Held } from './write.whole.ts'

/** A file of another record under the name that it bears at the survivor. */
type Brought = { from: RecordId; name: string; as: string }

/** The files that were chosen from another record. One whose name the survivor uses for another picture gets another name. */
export function nameFiles(survivor: Held, records: readonly Held[], merged: MergedOf): Brought[] {
  const others = records.filter(({ id }) => id !== survivor.id), taken = new Set(namesIn(survivor.model, survivor.values, survivor.rows).keys()), files: Brought[] = []
  for (const { id, model } of others) {
    const rows = merged.rows.filter(({ from }) => from === id).map(({ row }) => row), values = Object.fromEntries(Object.entries(merged.values).filter(([key]) => merged.sources.get(key) === id))
    for (const name of namesIn(model, values, rows).keys()) if (name !== '') {
      const as = taken.has(name) ? `${id.slice(0, 8)}-${name}` : name
      taken.add(as)
      files.push({ from: id, name, as })
    }
  }
  return files
}

/** Files lie by the submission that brought them. A line more, beside the act, says that the same bytes belong here too: the record shows them as its own. */
export async function copyFiles(tx: Writer, { area, dataset }: Pick<Held, 'area' | 'dataset'>, files: readonly Brought[], instance: string): Promise<void> {
  if (files.length === 0) return
  await sql`
    insert into raw.attachment (area_code, instance_id, dataset_id, name, sha256, bytes, media_type, person_id)
    select distinct on (g.as_name) ${area}, ${instance}, ${dataset}, g.as_name, f.sha256, f.bytes, f.media_type, f.person_id
    from unnest(${files.map(({ from }) => from)}::uuid[], ${files.map(({ name }) => name)}::text[], ${files.map(({ as }) => as)}::text[]) as g (record_id, name, as_name)
    join raw.act a on a.record_id = g.record_id and ${within('a.area_code', [NATION])} join raw.attachment f on f.instance_id = a.instance_id and f.dataset_id = a.dataset_id and f.name = g.name
    order by g.as_name, a.id desc`.execute(tx)
}

/** Answers that name such a file name it as it is called here. */
export function renamed(model: FormModel, { values, rows, sources }: MergedOf, files: readonly Brought[]): Pick<MergedOf, 'values' | 'rows'> {
  const names = new Map(files.map(({ from, name, as }) => [`${from} ${name}`, as]))
  const ofFiles = new Map(keysOf(model).map(({ repeat, questions }) => [repeat, new Set(questions.filter(({ type }) => type === 'file').map(({ key }) => key))]))
  const rename = (repeat: string | null, of: Answers, from: (key: string) => RecordId | undefined): Answers =>
    Object.fromEntries(Object.entries(of).map(([key, answer]) => [key, ofFiles.get(repeat)?.has(key) ? names.get(`${from(key)} ${answer as string}`) ?? answer : answer]))
  return { values: rename(null, values, key => sources.get(key)), rows: rows.map(taken => ({ ...taken, row: { ...taken.row, values: rename(taken.row.repeat, taken.row.values, () => taken.from) } })) }
}
