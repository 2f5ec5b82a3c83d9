import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { Answer, Answers, RecordRow } from '../../domain/record/record.ts'
import type { Answers as FormAnswers, Values } from './answers.ts'

/** A record as it stands, whatever brought its answers. */
export type Stood = { values: Answers; rows: readonly RecordRow[] }

/** The same as a form would have it, all at once: answers by path, rows that know the row around them. */
export function asAnswers(model: FormModel, { values, rows }: Stood): FormAnswers {
  const { paths, above } = shapeOf(model)
  const byPath = (repeat: string | null, values: Answers): Values => {
    const keyed = paths.get(repeat), found: Values = {}
    for (const key of Object.keys(values)) { const path = keyed?.get(key); if (path !== undefined) found[path] = values[key] as Answer }
    return found
  }
  const known = rows.filter(({ repeat }) => above.has(repeat)), at = new Map(known.map(({ repeat, position }, i) => [`${repeat} ${position}`, i]))
  const parentOf = ({ repeat, parent }: RecordRow) => parent === null ? null : at.get(`${above.get(repeat)} ${parent}`) ?? null
  return {
    formId: model.formId, version: model.version, instanceId: null, deprecatedId: null, instanceName: null, start: null, end: null, deviceId: null, unfit: [], unknown: [], files: [], entity: null,
    values: byPath(null, values), rows: known.map(row => ({ repeat: row.repeat, position: row.position, parent: parentOf(row), values: byPath(row.repeat, row.values) })),
  }
}

type Shape = { /** Of each level by key. */ paths: Map<string | null, Map<string, string>>; /** The repeat around each. */ above: Map<string, string | null> }
const shapes = new WeakMap<FormModel, Shape>()

/** Read once of each form. */
function shapeOf(model: FormModel): Shape {
  const shape = shapes.get(model) ?? {
    paths: new Map(keysOf(model).map(({ repeat, questions }) => [repeat, new Map(questions.map(({ key, path }) => [key, path]))])), above: new Map(model.repeats.map(({ path, repeat }) => [path, repeat])),
  }
  shapes.set(model, shape)
  return shape
}
