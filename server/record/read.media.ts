import { createHash } from 'node:crypto'
import { stringify } from 'csv-stringify/sync'
import { sql } from 'kysely'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import { fullName, levelOf, mooOf, parentOf } from '../../domain/area/rules.ts'
import type { AreaType } from '../../domain/area/area.ts'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf, questionOf } from '../../domain/dataset/rules.ts'
import type { Answer, Answers } from '../../domain/record/record.ts'
import { itemsetsOf } from '../../engine/form/choices.external.ts'
import type { Workbook } from '../../engine/form/workbook.ts'
import { findDataset, findForm, formFor, listForms } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { answers, isSeen, stands } from './read.answers.ts'
import type { Collector } from './read.collector.ts'

/** A file beside a form; `things`: the list of what is there already, which the telephone keeps up to date by itself. */
export type Media = { name: string; type: string; bytes: Uint8Array; md5: string; things: DatasetId | null }
type OfForm = { area: AreaCode; id: DatasetId; version: string }

export const VILLAGES = 'villages.csv', ITEMSETS = 'itemsets.csv'

/** The file of this name for this collector: places and things are those of their own places and clearance. Null: the form has no such file. */
export async function findMedia(tx: Reader, collector: Collector, form: OfForm, name: string): Promise<Media | null> {
  if (name === VILLAGES) return csv(name, await listVillages(tx, collector.areas), null)
  if (name === ITEMSETS) return itemsets(tx, form)
  const own = await tx.selectFrom('open.form_file').where('area_code', '=', form.area).where('dataset_id', '=', form.id).where('version', '=', form.version).where('name', '=', name)
    .select(['bytes', 'media_type', 'md5']).executeTakeFirst()
  if (own) return { name, type: own.media_type, bytes: own.bytes, md5: own.md5, things: null }
  const found = name.endsWith('.csv') ? await findDataset(tx, name.slice(0, -4) as DatasetId) : null
  const model = found?.dataset.lasting ? await modelOfThings(tx, form, found.dataset.id) : undefined
  return found && model ? csv(name, await listThings(tx, collector, found.dataset, model), found.dataset.id) : null
}

/** What is kept of a thing is said by the form that keeps it: the asking one itself, or that of the dataset which it asks about. */
async function modelOfThings(tx: Reader, form: OfForm, things: DatasetId): Promise<FormModel | undefined> {
  const keeps = form.id === things ? form : formFor(await listForms(tx, things), form.area)
  return keeps ? (await findForm(tx, keeps.area, things, keeps.version))?.model : undefined
}

/** Choices that ODK Collect looks up by itself (select_one_external), from the sheet of the form. */
async function itemsets(tx: Reader, { area, id, version }: OfForm): Promise<Media | null> {
  const form = await tx.selectFrom('open.form').where('area_code', '=', area).where('dataset_id', '=', id).where('version', '=', version).select('workbook').executeTakeFirst()
  const text = form ? itemsetsOf(form.workbook as Workbook) : null
  return text === null ? null : fileOf(ITEMSETS, Buffer.from(text), null)
}

function csv(name: string, rows: Record<string, string>[], things: DatasetId | null): Media {
  const columns = [...new Set(['name', 'label', ...rows.flatMap(row => Object.keys(row))])]
  return fileOf(name, Buffer.from(stringify(rows, { header: true, columns })), things)
}

function fileOf(name: string, bytes: Buffer, things: DatasetId | null): Media {
  return { name, type: 'text/csv', bytes, md5: createHash('md5').update(bytes).digest('hex'), things }
}

type Row = { code: AreaCode; type: AreaType; name: Text }

/** Villages of today with their numbers, and each tambon itself for who does not know the village, or where there are none. */
export async function listVillages(tx: Reader, areas: readonly AreaCode[]): Promise<Record<string, string>[]> {
  const { rows } = await sql<Row>`
    select code, type, json_build_object('th', name_th, 'en', name_en) as name from open.area
    where ${within('code', areas)} and level in ('tambon', 'village') and valid_until is null order by code`.execute(tx)
  const tambons = new Map(rows.filter(row => levelOf(row.code) === 'tambon').map(row => [row.code, row]))
  return rows.map(row => {
    const tambon = tambons.get(levelOf(row.code) === 'village' ? parentOf(row.code) as AreaCode : row.code)
    const where = tambon ? fullName(tambon, 'th') : ''
    const label = levelOf(row.code) === 'village' ? `หมู่ ${mooOf(row.code)} ${row.name.th} ${tambons.size > 1 ? where : ''}`.trim() : `${where} (ไม่ทราบหมู่บ้าน)`
    return { name: row.code, label, tambon: tambon?.code ?? '' }
  })
}

type Thing = { id: RecordId; area: AreaCode; versions: number; answers: Answers }

/** What is there already and may be seen by the collector, with the answers that the form keeps of it, as far as these may be seen. */
async function listThings(tx: Reader, { viewer, areas }: Collector, { id, unit }: Dataset, model: FormModel): Promise<Record<string, string>[]> {
  const looking = { viewer, areas, purpose: null }
  const { rows } = await sql<Thing>`
    select r.id, r.area_code as area, r.versions, ${answers('r', looking)} as answers
    from core.record r where r.dataset_id = ${id} and ${isSeen('r', looking, unit)} and ${stands('r')} order by r.area_code, r.id`.execute(tx)
  const properties = propertiesOf(model), title = questionOf(model, 'title')
  return rows.map(({ id: name, area, versions, answers }) => ({
    name, label: (title && textOf(answers[title.key])) || `${area} · ${name.slice(0, 8)}`, __version: String(versions), village: area,
    ...Object.fromEntries(properties.map(({ property, key }) => [property, textOf(answers[key])])),
  }))
}

function propertiesOf(model: FormModel): { property: string; key: string }[] {
  const keys = new Map(keysOf(model)[0]?.questions.map(question => [question.path, question.key]))
  return Object.entries(model.entity?.saveTo ?? {}).flatMap(([path, property]) => {
    const key = keys.get(path)
    return key !== undefined && property !== 'village' ? [{ property, key }] : []
  })
}

/** As an XForm writes it. */
function textOf(answer: Answer | undefined): string {
  if (answer === undefined) return ''
  if (Array.isArray(answer)) return answer.join(' ')
  if (typeof answer !== 'object') return String(answer)
  return 'lat' in answer ? [answer.lat, answer.lon, answer.altitude ?? 0, answer.accuracy ?? 0].join(' ') : ''
}

/** Which of these things are no longer there for the collector: they go from the telephone. */
export async function listGone(tx: Reader, { viewer, areas }: Collector, id: DatasetId, ids: readonly string[]): Promise<Set<string>> {
  const unit = (await findDataset(tx, id))?.dataset.unit ?? 'person'
  const { rows } = await sql<{ id: string }>`select r.id::text from core.record r where r.dataset_id = ${id} and ${isSeen('r', { viewer, areas, purpose: null }, unit)} and ${stands('r')} and r.id::text = any(${ids})`.execute(tx)
  const there = new Set(rows.map(row => row.id))
  return new Set(ids.filter(id => !there.has(id)))
}
