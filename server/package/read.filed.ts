import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { Sensitivity } from '../../domain/access/access.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import { packageProblems } from '../../domain/package/problems.ts'
import type { Answers } from '../../domain/record/record.ts'
import { mayPublish } from '../../domain/record/rules.public.ts'
import type { Reader } from '../db/db.ts'
import { listModels } from '../record/read.arrived.ts'
import type { Line } from './read.given.ts'

type Filed = Record<Sensitivity, Answers> & { area_code: AreaCode; form_area: AreaCode; dataset_id: DatasetId; version: string; may_publish: boolean }

/**
 * What decides who sees an answer is not believed: each lies where its form says, and whether the public may see a record follows from its own
 * answers. A package that was made by hand shows nobody what they may not see.
 */
export async function mustBeFiled(tx: Reader, lines: readonly Line[]): Promise<void> {
  const named = lines.map(({ row }) => row as unknown as Filed).map(({ form_area, dataset_id, version }) => ({ formArea: form_area, datasetId: dataset_id, version })), models = await listModels(tx, named)
  for (const { at, row } of lines) {
    const record = row as unknown as Filed, model = models.get(`${record.form_area} ${record.dataset_id} ${record.version}`)
    if (!model) throw packageProblems.noForm({ dataset: String(record.dataset_id), version: String(record.version) })
    const field = findMisfiled(record, model)
    if (field) throw packageProblems.misfiled({ line: at, field })
  }
}

/** The key of an answer that is kept less closely than its form says; an answer that the form does not know stays wherever it was kept before. */
function findMisfiled(record: Filed, model: FormModel): string | null {
  const kept = new Map(keysOf(model)[0]?.questions.map(({ key, sensitivity }) => [key, sensitivity]))
  for (const [turn, kind] of Sensitivity.options.entries()) {
    const loose = Object.keys(record[kind] ?? {}).find(key => Sensitivity.options.indexOf(kept.get(key) ?? kind) > turn)
    if (loose !== undefined) return loose
  }
  return record.may_publish && !mayPublish(model, Object.assign({}, ...Sensitivity.options.map(kind => record[kind]))) ? 'may_publish' : null
}
