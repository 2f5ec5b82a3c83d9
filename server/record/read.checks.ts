import { sql } from 'kysely'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import { ancestorsOf, isWithin } from '../../domain/area/rules.ts'
import type { Sensitivity } from '../../domain/access/access.ts'
import type { Check, FlagLimits } from '../../domain/dataset/dataset.check.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import type { Answers, RecordRow } from '../../domain/record/record.ts'
import { compileChecks, judgeRecord, type Beside, type CheckBook, type Verdict } from '../../engine/form/check.record.ts'
import { metresTo } from '../../engine/geo/metres-to.ts'
import { outlinesByCode } from '../area/read.locate.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { clockInThailand } from './read.day.ts'
import { joinAnswers } from './read.mapped.ts'

/** Checks as one place published them last. */
export type OfPlace = { area: AreaCode; dataset: DatasetId; version: number; checks: Check[]; limits: FlagLimits; publishedAt: Date }
/** What is needed of a record to judge it. */
export type Judgeable = Record<Sensitivity, Answers> & { area: AreaCode; dataset: DatasetId; model: FormModel; changedAt: Date; rows: readonly RecordRow[] }
export type JudgeRecord = (record: Judgeable) => Verdict

/** The newest checks of these datasets, of each place that has any. */
export async function listCheckSets(tx: Reader, datasets: readonly DatasetId[]): Promise<OfPlace[]> {
  const { rows } = await sql<OfPlace>`
    select distinct on (area_code, dataset_id) area_code as area, dataset_id as dataset, version, checks, limits, published_at as "publishedAt"
    from open.check_set where dataset_id = any(${[...new Set(datasets)]}) order by area_code, dataset_id, version desc`.execute(tx)
  return rows
}

/** Judges records by the checks of their place and of those above it, with what the house knows of these places. `sets`: others than those that were published. */
export async function makeJudge(tx: Reader, areas: readonly AreaCode[], datasets: readonly DatasetId[], sets?: readonly OfPlace[]): Promise<JudgeRecord> {
  const all = sets ?? await listCheckSets(tx, datasets), uses = (name: string) => all.some(({ checks }) => checks.some(({ on, expression }) => on && expression.includes(`${name}(`)))
  const figures = uses('figure') ? await listFigures(tx, areas, all) : null, outlineOf = uses('in-area') ? await outlinesByCode(tx) : null
  const books = new Map<string, CheckBook>(), bookOf = (record: Judgeable): CheckBook => {
    const key = `${record.area} ${record.dataset}`, known = books.get(key)
    if (known?.model === record.model) return known
    const book = bookFor(record, all.filter(({ area, dataset }) => dataset === record.dataset && isWithin(record.area, area)))
    books.set(key, book)
    return book
  }
  return record => {
    const beside: Beside = {
      figure: indicator => [record.area, ...ancestorsOf(record.area).filter(({ length }) => length >= TAMBON)].map(area => figures?.get(`${area} ${indicator}`)).find(value => value !== undefined) ?? null,
      isInArea: (point, metres) => { const outline = outlineOf?.(record.area.slice(0, TAMBON) as AreaCode); return outline ? metresTo(outline, point) <= metres : null },
    }
    const now = `${clockInThailand(record.changedAt)}+07:00`
    return judgeRecord(bookOf(record), { values: joinAnswers(record), rows: record.rows }, { now, today: now.slice(0, 10) }, beside)
  }
}

const TAMBON = 8
const books = new WeakMap<FormModel, { key: string; checks: readonly (readonly Check[])[]; book: CheckBook }[]>()
const MOST_BOOKS = 20

/** Compiled once of each form and each set of checks. */
function bookFor({ model }: Judgeable, sets: readonly OfPlace[]): CheckBook {
  const key = sets.map(({ area, version }) => `${area} ${version}`).join(' '), known = books.get(model) ?? []
  const found = known.find(one => one.key === key && one.checks.every((checks, i) => checks === sets[i]?.checks || JSON.stringify(checks) === JSON.stringify(sets[i]?.checks)))
  if (found) { found.checks = sets.map(({ checks }) => checks); return found.book }
  const book = compileChecks(model, sets.flatMap(({ checks }) => checks))
  books.set(model, [{ key, checks: sets.map(({ checks }) => checks), book }, ...known].slice(0, MOST_BOOKS))
  return book
}

/** Newest public numbers of these places and their tambons, of the indicators that checks ask for; published ones before those of other sources. */
async function listFigures(tx: Reader, areas: readonly AreaCode[], sets: readonly OfPlace[]): Promise<Map<string, number>> {
  const wanted = [...new Set(sets.flatMap(({ checks }) => checks.flatMap(({ expression }) => [...expression.matchAll(/figure\(\s*['"]([^'"]+)['"]\s*\)/g)].map(([, id = '']) => id))))]
  const { rows } = await sql<{ area: AreaCode; indicator: string; value: number }>`
    select distinct on (f.area_code, f.indicator_id) f.area_code as area, f.indicator_id as indicator, f.numerator / coalesce(f.denominator, 1) as value from open.figure f
    where f.area_code = any(${[...new Set(areas.flatMap(area => [area, area.slice(0, TAMBON)]))]}) and f.indicator_id = any(${wanted}) and coalesce(f.denominator, 1) <> 0
    order by f.area_code, f.indicator_id, f.period desc, f.status, f.source_id`.execute(tx)
  return new Map(rows.map(({ area, indicator, value }) => [`${area} ${indicator}`, value]))
}

/** All rows of these records, as checks look at them. */
export async function listAllRows(tx: Reader, areas: readonly AreaCode[], ids: readonly RecordId[]): Promise<Map<RecordId, RecordRow[]>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<RecordRow & { id: RecordId }>`
    select w.record_id as id, w.repeat, w.position, w.parent, w.open || w.internal || w.personal || w.sensitive as values from core.record_row w
    where ${within('w.area_code', areas)} and w.record_id = any(${ids}::uuid[]) order by w.repeat, w.position`.execute(tx)
  return Map.groupBy(rows, ({ id }) => id) as Map<RecordId, RecordRow[]>
}
