import { sql } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { readAnswers } from '../../engine/form/answers.ts'
import { scanSubmission } from '../../engine/form/answers.scan.ts'
import { makeCheck, type Check } from '../../engine/form/check.ts'
import { isSealed, type Seal } from '../base/seal.ts'
import { loadEngineForm, openInEngine, type EngineForm } from '../base/xforms-engine.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { findContradictions, type Contradiction } from './read.recheck.compare.ts'

type FormName = { dataset: DatasetId; formArea: AreaCode; version: string }
type Submission = FormName & { xml: string; receivedAt: Date }
export type Drawn = { forms: (FormName & { xform: string; model: FormModel })[]; submissions: Submission[] }
/** What the two do not agree on about a question, and how often; never an answer. `unopened`: one of them could not read the submission. */
export type Difference = Pick<FormName, 'dataset' | 'version'> & { path: string; kind: Contradiction['kind'] | 'unopened'; said: Contradiction['said']; times: number }
export type Recheck = { checked: number; different: number; differences: Difference[] }

/** Some thousand rows, for which the engine needs ten seconds and a gigabyte; what is longer is left out. */
const MOST_LETTERS = 200_000

/** Submissions of these places, drawn by lot, with their forms. */
export async function drawSubmissions(tx: Reader, areas: readonly AreaCode[], dataset: DatasetId | null, most: number): Promise<Drawn> {
  const { rows: submissions } = await sql<Submission>`
    select dataset_id as dataset, form_area as "formArea", version, xml, received_at as "receivedAt" from raw.submission
    where (instance_id, dataset_id) in (
      select s.instance_id, s.dataset_id from raw.submission s
      where ${within('s.area_code', areas)} and (${dataset}::text is null or s.dataset_id = ${dataset}) order by random() limit ${most})
    and length(xml) <= ${MOST_LETTERS}`.execute(tx)
  const { rows: forms } = await sql<Drawn['forms'][number]>`
    select f.dataset_id as dataset, f.area_code as "formArea", f.version, f.xform, f.model
    from (select distinct * from unnest(${submissions.map(one => one.formArea)}::text[], ${submissions.map(one => one.dataset)}::text[], ${submissions.map(one => one.version)}::text[])) as w (area_code, dataset_id, version)
    join open.form f using (area_code, dataset_id, version) order by 1, 2, 3`.execute(tx)
  return { forms, submissions }
}

/** The engine of the form's authors and our check judge the same submissions; what they do not agree on is told. `make`: our check of a form. */
export async function recheck({ forms, submissions }: Drawn, seal: Seal, make = makeCheck): Promise<Recheck> {
  const found: Omit<Difference, 'times'>[][] = []
  for (const form of forms) {
    const engine = await loadEngineForm(form.xform).catch(() => null), check = make(form.model)
    for (const one of submissions.filter(one => isOf(one, form))) {
      const contradictions = await compare(one, form.model, engine, check, seal)
      found.push(contradictions.map(contradiction => ({ dataset: form.dataset, version: form.version, ...contradiction })))
    }
  }
  const same = Map.groupBy(found.flat(), ({ dataset, version, path, kind, said }) => [dataset, version, path, kind, said].join(' '))
  return { checked: found.length, different: found.filter(one => one.length > 0).length, differences: [...same.values()].map(all => ({ ...all[0] as Omit<Difference, 'times'>, times: all.length })) }
}

const isOf = (one: FormName, form: FormName) => one.dataset === form.dataset && one.formArea === form.formArea && one.version === form.version

const THAILAND_AHEAD_MS = 7 * 3_600_000

/** At the moment when the form was finished, on a clock of Thailand. What goes wrong is not told in words: they could hold an answer. */
async function compare({ xml: sealed, receivedAt }: Submission, model: FormModel, form: EngineForm | null, check: Check, seal: Seal): Promise<Omit<Difference, 'dataset' | 'version' | 'times'>[]> {
  const unopened = (said: Contradiction['said']) => [{ path: `/${model.root}`, kind: 'unopened' as const, said }]
  try {
    const xml = openNumbers(sealed, model, seal), answers = readAnswers(model, xml), end = new Date(answers.end ?? NaN), at = Number.isNaN(end.getTime()) ? receivedAt : end
    const engine = form && await openInEngine(form, xml, at).catch(() => null)
    if (engine === null) return unopened('engine')
    const now = `${new Date(at.getTime() + THAILAND_AHEAD_MS).toISOString().slice(0, -1)}+07:00`
    return findContradictions(model, answers, engine, check, { now, today: now.slice(0, 10) })
  } catch {
    return unopened('check')
  }
}

/** The submission as it was typed, in memory only. */
function openNumbers(xml: string, { questions }: FormModel, seal: Seal): string {
  const paths = new Set(questions.filter(question => question.role === 'national-id').map(question => question.path))
  const spots = scanSubmission(xml, paths).sealed.filter(spot => isSealed(spot.text.trim()))
  return spots.reduceRight((text, spot) => text.slice(0, spot.start) + escapeXml(seal.open(spot.text.trim())) + text.slice(spot.end), xml)
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
