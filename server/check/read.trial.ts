import { sql } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import { isWithin } from '../../domain/area/rules.ts'
import { Sensitivity, type Viewer } from '../../domain/access/access.ts'
import { clearedPlaces, placesOf, placesOfPersons } from '../../domain/access/can.ts'
import type { checkApi } from '../../domain/check/api.ts'
import { type Check, FlagLimits } from '../../domain/dataset/dataset.check.ts'
import type { DatasetUnit } from '../../domain/dataset/dataset.ts'
import { compileChecks } from '../../engine/form/check.record.ts'
import { findForm, formFor, listForms } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { narrow, within } from '../db/place.ts'
import { stands } from '../record/read.answers.ts'
import { listModels, type Known } from '../record/read.arrived.ts'
import { listAllRows, makeJudge } from '../record/read.checks.ts'

/** Somebody waits for it, and so do all others while it is computed. */
const MOST = 5000, MOST_MS = 2000
type Found = Omit<Known, 'model'> & { datasetId: DatasetId }
export const JUDGED = sql`r.id, r.area_code as area, r.dataset_id as dataset, r.dataset_id as "datasetId", r.form_area as "formArea", r.version, r.changed_at as "changedAt", r.open, r.internal, r.personal, r.sensitive, r.faults, r.asked, r.answered`

/** How many records a check would find: of those whose answers its author may see, since the count tells of them. @throws `check/…` */
export async function tryCheck(tx: Reader, viewer: Viewer, { id, unit, area, check }: { id: DatasetId; unit: DatasetUnit; area: AreaCode; check: Check }): Promise<ReplyOf<typeof checkApi.tryCheck>> {
  const form = formFor(await listForms(tx, id), area), model = form && (await findForm(tx, form.area, id, form.version))?.model
  const book = model && compileChecks(model, [{ ...check, on: true }])
  if (book?.refused[0]) throw book.refused[0].problem
  const areas = placesToTry(viewer, area, unit, book?.ready[0]?.kept ?? 'sensitive')
  if (areas.length === 0) return { judged: 0, fails: 0, more: false }
  const { rows } = await sql<Found>`
    select ${JUDGED} from core.record r where r.dataset_id = ${id} and ${within('r.area_code', areas)} and ${stands('r')} order by r.changed_at desc, r.id desc limit ${MOST + 1}`.execute(tx)
  const records = rows.slice(0, MOST), rowsOf = await listAllRows(tx, areas, records.map(record => record.id)), models = await listModels(tx, records)
  const set = { area, dataset: id, version: 0, checks: [{ ...check, on: true }], limits: FlagLimits.parse({}), publishedAt: new Date() }
  const judge = await makeJudge(tx, records.map(record => record.area), [id], [set])
  const until = performance.now() + MOST_MS, tried = { judged: 0, fails: 0 }
  for (const record of records) {
    const model = models.get(`${record.formArea} ${id} ${record.version}`)
    if (performance.now() > until) break
    tried.judged++
    if (model && judge({ ...record, model, rows: rowsOf.get(record.id as RecordId) ?? [] }).faults.length > 0) tried.fails++
  }
  return { ...tried, more: rows.length > tried.judged }
}

/** Where whoever defines also sees records, of persons too where it is about them, and every answer that the check may tell of. */
function placesToTry(viewer: Viewer, area: AreaCode, unit: DatasetUnit, kept: Sensitivity): AreaCode[] {
  const lists = [placesOf(viewer, 'see-records'), ...kept === 'open' ? [] : [clearedPlaces(viewer, kept, null)], ...unit === 'person' || unit === 'household' ? [placesOfPersons(viewer)] : []]
  return lists.reduce<AreaCode[]>((areas, places) => areas.flatMap(one => places.some(place => isWithin(one, place)) ? [one] : narrow(places, one)), [area])
}
