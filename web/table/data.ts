import { redirect } from '@sveltejs/kit'
import { ROLES } from '../../domain/access/can.ts'
import { areaApi } from '../../domain/area/api.ts'
import type { AreaHit } from '../../domain/area/area.ts'
import { commonOf } from '../../domain/area/rules.ts'
import { DatasetId, type AreaCode } from '../../domain/base/ids.ts'
import { datasetApi } from '../../domain/dataset/api.ts'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import { tableApi } from '../../domain/table/api.ts'
import type { TableField, TableImportId } from '../../domain/table/table.ts'
import { placesOf, type Me } from '../access/data.ts'
import { call } from '../base/api.ts'
import { link } from '../base/link.ts'
import { GROUPS, groupOf, namesOf } from '../dataset/data.ts'
import type { ExamplePlace } from './example.ts'
import { alwaysAsked } from './mapping.ts'

type Fetch = typeof globalThis.fetch
const PAGE = 20

/** What was imported in my places, and the dataset that a new table is for. */
export async function loadTables(fetch: Fetch, me: Me, { searchParams }: URL) {
  const after = searchParams.get('after'), dataset = DatasetId.safeParse(searchParams.get('dataset')).data ?? null
  const area = commonOf(placesOf(me, 'import-tables'))
  const [list, { items }] = await Promise.all([call(fetch, tableApi.listTables, { query: { limit: PAGE, ...(after && { after }) } }), call(fetch, datasetApi.listDatasets, { query: { area } })])
  const ofPersons = me.grants.some(({ role }) => ROLES[role].rights.includes('import-tables') && ['yes', 'with-purpose'].includes(ROLES[role].clearance.personal))
  const isOffered = ({ unit, about }: Dataset) => (ofPersons || unit === 'place' || unit === 'record') && about === null // what is said of a thing that is there already cannot be chosen in a cell
  const open = items.filter(({ form, dataset }) => form !== null && isOffered(dataset)), chosen = open.find(each => each.dataset.id === dataset)?.dataset ?? null
  const fields = chosen && await loadFields(fetch, chosen.id, area)
  const groups = GROUPS.map(group => ({ group, datasets: open.map(each => each.dataset).filter(each => groupOf(each) === group) })).filter(({ datasets }) => datasets.length > 0)
  const names = Object.fromEntries(items.map(each => [each.dataset.id, each.dataset.name]))
  return { list, groups, chosen, fields, names }
}
export type Tables = Awaited<ReturnType<typeof loadTables>>

/** What columns can go to; those that every row must have are told from those that only some must. */
async function loadFields(fetch: Fetch, id: DatasetId, area: AreaCode): Promise<TableField[]> {
  const [{ form }, { fields }] = await Promise.all([call(fetch, datasetApi.getDataset, { params: { id }, query: { area } }), call(fetch, tableApi.listTableFields, { params: { id } })])
  return form ? alwaysAsked(form.model, fields) : fields
}

/** One import with all that its columns may go to. */
export async function loadTable(fetch: Fetch, id: string) {
  const table = await call(fetch, tableApi.getTable, { params: { id: id as TableImportId } })
  const [{ dataset }, fields, names] = await Promise.all([
    call(fetch, datasetApi.getDataset, { params: { id: table.dataset } }), loadFields(fetch, table.dataset, table.area),
    namesOf(fetch, [table.area, ...table.report?.byArea.map(({ area }) => area) ?? []]),
  ])
  return { table, dataset, fields, names }
}
export type TablePage = Awaited<ReturnType<typeof loadTable>>

/** What an example file is made from: the dataset as it is asked for in my places, and a village of mine. */
export async function loadExample(fetch: Fetch, me: Me, id: DatasetId) {
  const [mine] = placesOf(me, 'import-tables')
  if (!mine) redirect(303, link('/tables'))
  const [{ form }, { fields }, place] = await Promise.all([
    call(fetch, datasetApi.getDataset, { params: { id }, query: { area: mine } }), call(fetch, tableApi.listTableFields, { params: { id } }), findVillage(fetch, mine),
  ])
  const nameAt = (length: number) => [place, ...place.parents].find(({ code }) => code.length === length)?.name.th ?? ''
  const names: ExamplePlace['names'] = [nameAt(PROVINCE), nameAt(DISTRICT), nameAt(TAMBON), nameAt(VILLAGE)]
  return { model: form?.model ?? null, fields, place: { code: place.code, names } }
}
const PROVINCE = 4, DISTRICT = 6, TAMBON = 8, VILLAGE = 10

/** The first village of a place; where none is known, the place itself. */
async function findVillage(fetch: Fetch, code: AreaCode): Promise<AreaHit> {
  if (code.length < VILLAGE) {
    const { items: [first] } = await call(fetch, areaApi.listAreas, { query: { parent: code, limit: 1 } })
    if (first) return findVillage(fetch, first.code)
  }
  return call(fetch, areaApi.getArea, { params: { code } })
}
