import type { Dataset } from './dataset.ts'
import type { FormModel, Question, QuestionRole } from './dataset.form.ts'

/** Answers of one level of a form: of the record itself, or of the rows of a repeat. */
export type Level = { repeat: string | null; questions: readonly (Question & { key: string })[] }

/**
 * The questions of a form, each with its key: its name where no question of its repeat before it has it, else its path below the root
 * (`owner/name`). Answers are kept and sent out under it, so that it must not change when a question is moved to another page, or when a
 * place adds one of the same name behind.
 */
export function keysOf(model: FormModel): Level[] {
  const known = keyed.get(model) ?? readKeys(model)
  keyed.set(model, known)
  return known
}

/** Read once of each form: a table asks for every row. */
const keyed = new WeakMap<FormModel, Level[]>()

function readKeys(model: FormModel): Level[] {
  const levels = Map.groupBy(model.questions, question => question.repeat)
  return [null, ...model.repeats.map(repeat => repeat.path)].map(repeat => {
    const questions = levels.get(repeat) ?? []
    const first = new Map([...questions].reverse().map(question => [question.name, question]))
    return { repeat, questions: questions.map(question => ({ ...question, key: first.get(question.name) === question ? question.name : belowRoot(question.path) })) }
  })
}

/** The questions of several versions of a form, each key once: as the first version says that has it. */
export function mergeLevels(versions: readonly Level[][]): Level[] {
  const byRepeat = Map.groupBy(versions.flat(), level => level.repeat)
  return [...byRepeat].map(([repeat, levels]) => ({ repeat, questions: [...Map.groupBy(levels.flatMap(level => level.questions), question => question.key).values()].flatMap(same => same.slice(0, 1)) }))
}

/** @example belowRoot('/data/owner/name') // => 'owner/name' */
export function belowRoot(path: string): string {
  return path.split('/').slice(2).join('/')
}

/** The record's own question with a role; a role is given once. */
export function questionOf(model: FormModel, role: QuestionRole): (Question & { key: string }) | null {
  return keysOf(model)[0]?.questions.find(question => question.role === role) ?? null
}

/** The 14 items of the Thai Government Data Catalog. */
export function catalogueOf({ name, purpose, steward, catalogue }: Dataset): Record<string, string | string[] | number | null> {
  const { data_type, maintainer, maintainer_email, tag_string, objective, update_frequency_unit, update_frequency_interval, geo_coverage, data_source, data_format, data_category, license_id } = catalogue
  return {
    data_type, title: name.th, owner_org: steward.th, maintainer, maintainer_email, tag_string, notes: purpose.th, objective,
    update_frequency_unit, update_frequency_interval, geo_coverage, data_source, data_format, data_category, license_id,
  }
}

/** Compares versions as people write them: numbers as numbers, the rest as text; of a place's forms first what is not the place's code, which may change. @example isLater('2026112610', '2026112609') // => true */
export function isLater(version: string, than: string): boolean {
  const compare = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true })
  return (compare(withoutPlace(version), withoutPlace(than)) || compare(version, than)) > 0
}

const withoutPlace = (version: string) => version.replace(/\.TH\d+\./, '.')
