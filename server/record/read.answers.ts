import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { isWithin, outermost } from '../../domain/area/rules.ts'
import { Sensitivity, type Viewer } from '../../domain/access/access.ts'
import { clearedPlaces, placesOfPersons } from '../../domain/access/can.ts'
import type { DatasetUnit } from '../../domain/dataset/dataset.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import type { Level } from '../../domain/dataset/rules.ts'
import type { RecordFilter } from '../../domain/record/api.ts'
import type { Answers, RecordFault, Withheld } from '../../domain/record/record.ts'
import { boxOf, typeQuestionOf } from '../../domain/record/rules.explore.ts'
import { sayWithheld } from '../../domain/record/rules.ts'
import { LATE_DAYS } from '../../domain/record/rules.public.ts'
import { SET_ASIDE } from '../../domain/record/rules.state.ts'
import { narrow, within } from '../db/place.ts'

/** Who looks, where, and what for: what decides which answers are even read. */
export type Looking = { viewer: Viewer; areas: readonly AreaCode[]; purpose: string | null }

export function lookingOf(viewer: Viewer, areas: readonly AreaCode[], { area, purpose }: Pick<RecordFilter, 'area' | 'purpose'>): Looking {
  return { viewer, areas: area === undefined ? areas : narrow(areas, area), purpose: purpose ?? null }
}

/** Where all records may be seen: in one's places; of a person or household, where one may know of persons. */
export function placesSeen({ viewer, areas }: Looking, unit: DatasetUnit): AreaCode[] {
  const ofPersons = unit === 'person' || unit === 'household'
  return ofPersons ? outermost(placesOfPersons(viewer).flatMap(place => areas.flatMap(area => isWithin(area, place) ? [area] : isWithin(place, area) ? [place] : []))) : [...areas]
}

export function isEverywhere({ areas }: Looking, places: readonly AreaCode[]): boolean {
  return areas.every(area => places.some(place => isWithin(area, place)))
}

/** A record that may be seen: where all may be, or written down by oneself. Where all are, whose they are is not asked, so that the index can answer. */
export function isSeen(row: string, looking: Looking, unit: DatasetUnit): RawBuilder<boolean> {
  const places = placesSeen(looking, unit), here = within(`${row}.area_code`, looking.areas)
  return isEverywhere(looking, places) ? here : sql<boolean>`(${within(`${row}.area_code`, places)} or (${sql.ref(`${row}.made_by`)} = ${looking.viewer.person.id} and ${here}))`
}

/** Whether answers of a sensitivity are for whoever looks: what they wrote down themselves, or in a place where they are cleared. */
export function isFor(row: string, sensitivity: Sensitivity, { viewer, purpose }: Looking): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(`${row}.made_by`)} = ${viewer.person.id} or ${within(`${row}.area_code`, clearedPlaces(viewer, sensitivity, purpose))})`
}

/** The answers of one sensitivity, empty where they are not for whoever looks. */
export function kept(row: string, sensitivity: Sensitivity, looking: Looking): RawBuilder<Answers> {
  const column = sql.ref(`${row}.${sensitivity}`)
  return sensitivity === 'open' ? sql<Answers>`${column}` : sql<Answers>`case when ${isFor(row, sensitivity, looking)} then ${column} else '{}' end`
}

/** What is wrong with the answers that are for whoever looks, and with the record as a whole; that something is wrong with another would tell of it. */
export function faultsFor(row: string, looking: Looking): RawBuilder<RecordFault[]> {
  const others = Sensitivity.options.filter(kind => kind !== 'open').map(kind => sql`(f.fault ->> 'sensitivity' is distinct from ${kind} or ${isFor(row, kind, looking)})`)
  return sql<RecordFault[]>`(select coalesce(jsonb_agg(f.fault order by f.turn), '[]') from jsonb_array_elements(${sql.ref(`${row}.faults`)}) with ordinality f (fault, turn) where ${sql.join(others, sql` and `)})`
}

/** Where a record lies is for whoever looks: nobody finds by a place that they do not see. */
export function isLocatedFor(row: string, looking: Looking): RawBuilder<boolean> {
  const kept = sql.ref(`${row}.point_kept`)
  const others = Sensitivity.options.filter(kind => kind !== 'open').map(kind => sql`(${kept} = ${kind} and ${isFor(row, kind, looking)})`)
  return sql<boolean>`(${kept} = 'open' or ${sql.join(others, sql` or `)})`
}

/** All answers that are for whoever looks. */
export function answers(row: string, looking: Looking): RawBuilder<Answers> {
  return sql<Answers>`(${sql.join(Sensitivity.options.map(sensitivity => kept(row, sensitivity, looking)), sql` || `)})`
}

/** One answer, if it is for whoever looks: as in `answers`, without putting all of them together. */
export function answer(row: string, key: string, looking: Looking): RawBuilder<unknown> {
  return sql`coalesce(${sql.join([...Sensitivity.options].reverse().map(sensitivity => sql`${kept(row, sensitivity, looking)} -> ${sql.lit(key)}`))})`
}

/** Whether all of these places are cleared for a sensitivity. */
export function isCleared({ viewer, areas, purpose }: Looking, sensitivity: Sensitivity): boolean {
  const places = sensitivity === 'open' ? areas : clearedPlaces(viewer, sensitivity, purpose)
  return areas.every(area => places.some(place => isWithin(area, place)))
}

/** What these places hold and the reply does not: by sensitivity, with the fields' keys, the reason, and whom to ask. */
export function listWithheld(levels: readonly Level[], looking: Looking): Withheld[] {
  return Sensitivity.options.filter(sensitivity => !isCleared(looking, sensitivity)).flatMap(sensitivity => {
    const fields = levels.flatMap(level => level.questions.filter(question => question.sensitivity === sensitivity).map(question => question.key))
    const missing = looking.areas.find(area => !isCleared({ ...looking, areas: [area] }, sensitivity))
    return fields.length === 0 || missing === undefined ? [] : [{ sensitivity, fields, ...sayWithheld(looking.viewer, sensitivity, missing) }]
  })
}

/** Neither rejected nor withdrawn: these are shown to who asks for them by name. */
export function stands(row: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(`${row}.state`)} not in (${sql.join(SET_ASIDE.map(state => sql.lit(state)))})`
}

export type OfDataset = { id: DatasetId; unit: DatasetUnit }

/** The conditions of a list, as the map, the list and the file use them. */
export function filterOf(row: string, { id, unit, model }: OfDataset & { model: FormModel }, looking: Looking, { from, until, only, maker, q, type, box, state, check }: RecordFilter, title: RawBuilder<string | null>): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${row}.${name}`)
  return sql<boolean>`${sql.join([
    sql`${column('dataset_id')} = ${id}`, isSeen(row, looking, unit), state === undefined ? stands(row) : sql`${column('state')} = ${state}`,
    ...from ? [sql`${column('day')} >= ${from}::date`] : [], ...until ? [sql`${column('day')} <= ${until}::date`] : [],
    ...only === 'faults' ? [sql`${column('faults')} <> '[]' and ${faultsFor(row, looking)} <> '[]'`] : [], ...only === 'own' ? [sql`${column('made_by')} = ${looking.viewer.person.id}`] : [], ...maker ? [sql`${column('made_by')} = ${maker}::uuid`] : [],
    ...only === 'affirmed' ? [sql`${column('state')} in ('approved', 'verified', 'locked')`] : [], ...only === 'conflicts' ? [isInConflict(row)] : [], ...only === 'late' ? [isLate(row, { id })] : [],
    ...check ? [sql`${column('faults')} <> '[]' and ${faultsFor(row, looking)} @> ${JSON.stringify([{ check }])}::jsonb`] : [],
    ...q ? [sql`position(lower(${q}) in lower(${title})) > 0`] : [],
    ...type ? [isOfType(row, model, looking, type)] : [], ...box ? [isInBox(row, looking, box)] : [],
  ], sql` and `)}`
}

/** Two changed it at once, or something came while it was locked, and nobody has settled it. */
export function isInConflict(row: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(`${row}.faults`)} @> '[{"kind":"conflict"}]'`
}

/** To review, or returned and not corrected, for longer than the ladder of its dataset allows: of the dataset whose row the query has, or of this one. */
export function isLate(row: string, dataset: { row: string } | { id: DatasetId }): RawBuilder<boolean> {
  const days = 'row' in dataset ? lateDays(dataset.row) : sql`(select ${lateDays('d')} from core.dataset d where d.id = ${dataset.id} limit 1)`
  return sql<boolean>`(${sql.ref(`${row}.state`)} in ('received', 'returned') and ${sql.ref(`${row}.acted_at`)} < now() - make_interval(days => ${days}))`
}

/** By `case`: the net takes `coalesce`, and what asks for each record by itself, for something that could tell of a row, and then no index is looked through by the moment. */
function lateDays(dataset: string): RawBuilder<number> {
  const said = sql`(${sql.ref(`${dataset}.definition`)} #>> '{ladder,lateDays}')`
  return sql<number>`case when ${said} is null then ${sql.lit(LATE_DAYS)} else ${said}::int end`
}

function isOfType(row: string, model: FormModel, looking: Looking, types: string): RawBuilder<boolean> {
  const question = typeQuestionOf(model)
  return question ? sql<boolean>`${answer(row, question.key, looking)} #>> '{}' in (${sql.join(types.split(','))})` : sql<boolean>`false`
}

function isInBox(row: string, looking: Looking, box: string): RawBuilder<boolean> {
  const { west, south, east, north } = boxOf(box)
  return sql<boolean>`(${sql.ref(`${row}.lon`)} between ${west} and ${east} and ${sql.ref(`${row}.lat`)} between ${south} and ${north} and ${isLocatedFor(row, looking)})`
}
