import { sql } from 'kysely'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import { Sensitivity } from '../../domain/access/access.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import { packageProblems } from '../../domain/package/problems.ts'
import { linesOf, type Part } from '../../domain/package/rules.parts.ts'
import type { Answers } from '../../domain/record/record.ts'
import { mayPublish } from '../../domain/record/rules.public.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { listModels } from '../record/read.arrived.ts'
import { pointOf } from '../record/read.list.ts'
import type { Line } from './read.given.ts'

type Named = { formArea: AreaCode; datasetId: DatasetId; version: string }
type Filed = Record<Sensitivity, Answers> & { form_area: AreaCode; dataset_id: DatasetId; version: string; may_publish: boolean; lat: number | null; point_kept: Sensitivity | null }
type FiledRow = Record<Sensitivity, Answers> & { record_id: RecordId; repeat: string }

/**
 * What decides who sees an answer is not believed: each lies where its form says, and whether the public may see a record follows from its own
 * answers. A package that was made by hand shows nobody what they may not see.
 */
export async function mustBeFiled(tx: Reader, part: Part, lines: readonly Line[]): Promise<void> {
  const named = part.name === 'records' ? lines.map(({ row }) => nameIn(row as unknown as Filed)) : await listForms(tx, lines), models = await listModels(tx, named.flatMap(name => name ?? []))
  for (const [i, { at, row }] of lines.entries()) {
    const name = named[i], model = name && models.get(`${name.formArea} ${name.datasetId} ${name.version}`)
    if (!model) throw packageProblems.noForm({ dataset: String(row['dataset_id']), version: String(name?.version ?? '–') })
    const field = part.name === 'records' ? findMisfiled(row as unknown as Filed, model) : findLoose(row as unknown as FiledRow, model, (row as unknown as FiledRow).repeat)
    if (field) throw packageProblems.misfiled({ name: linesOf(part.name), line: at, field })
  }
}

const nameIn = ({ form_area, dataset_id, version }: Filed): Named => ({ formArea: form_area, datasetId: dataset_id, version })

/** By which form the records of these rows are read: they came in just before. */
async function listForms(tx: Reader, lines: readonly Line[]): Promise<(Named | undefined)[]> {
  const ids = lines.map(({ row }) => String(row['record_id']))
  const { rows } = await sql<Named & { id: string }>`
    select id, form_area as "formArea", dataset_id as "datasetId", version from core.record where id = any(${[...new Set(ids)]}::uuid[]) and ${within('area_code', [NATION])}`.execute(tx)
  const forms = new Map(rows.map(row => [row.id, row]))
  return ids.map(id => forms.get(id))
}

function findMisfiled(record: Filed, model: FormModel): string | null {
  const loose = findLoose(record, model, null), spot = Sensitivity.options.find(kind => pointOf(model, record[kind] ?? {}) !== null)
  if (loose) return loose
  if (record.lat !== null && record.point_kept !== spot) return 'point_kept'
  return record.may_publish && !mayPublish(model, Object.assign({}, ...Sensitivity.options.map(kind => record[kind]))) ? 'may_publish' : null
}

/** The key of an answer that is kept less closely than its form says; an answer that the form does not know stays wherever it was kept before. */
function findLoose(answers: Record<Sensitivity, Answers>, model: FormModel, repeat: string | null): string | null {
  const kept = new Map(keysOf(model).find(level => level.repeat === repeat)?.questions.map(({ key, sensitivity }) => [key, sensitivity]))
  for (const [turn, kind] of Sensitivity.options.entries()) {
    const loose = Object.keys(answers[kind] ?? {}).find(key => Sensitivity.options.indexOf(kept.get(key) ?? kind) > turn)
    if (loose !== undefined) return loose
  }
  return null
}
