import { redirect } from '@sveltejs/kit'
import { ROLES } from '../../domain/access/can.ts'
import { areaApi } from '../../domain/area/api.ts'
import type { AreaHit } from '../../domain/area/area.ts'
import { commonOf, NATION } from '../../domain/area/rules.ts'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import { datasetApi } from '../../domain/dataset/api.ts'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import { indicatorApi } from '../../domain/indicator/api.ts'
import { tableApi } from '../../domain/table/api.ts'
import { figuresOf, sourceOf, takesTables } from '../../domain/table/rules.figures.ts'
import { TableSubject, type TableField, type TableImportId } from '../../domain/table/table.ts'
import { may, placesOf, type Me } from '../access/data.ts'
import { call } from '../base/api.ts'
import { link } from '../base/link.ts'
import { GROUPS, groupOf, namesOf } from '../dataset/data.ts'
import type { ExamplePlace } from './example.ts'
import { alwaysAsked } from './mapping.ts'

type Fetch = typeof globalThis.fetch
const PAGE = 20

/** What a table is about, as a page names it: a dataset, or the figures of a source. */
export type About = { id: TableSubject; name: Text }

/** What was imported in my places, and what a new table is about. */
export async function loadTables(fetch: Fetch, me: Me, { searchParams }: URL) {
  const after = searchParams.get('after'), dataset = TableSubject.safeParse(searchParams.get('dataset')).data ?? null
  const mine = placesOf(me, 'import-tables'), area = mine.length > 0 ? commonOf(mine) : NATION
  const [sources, list, { items }] = await Promise.all([may(me, 'import-files') ? loadSources(fetch) : [], call(fetch, tableApi.listTables, { query: { limit: PAGE, ...(after && { after }) } }), call(fetch, datasetApi.listDatasets, { query: { area } })])
  const ofPersons = me.grants.some(({ role }) => ROLES[role].rights.includes('import-tables') && ['yes', 'with-purpose'].includes(ROLES[role].clearance.personal))
  const isOffered = ({ unit, about }: Dataset) => (ofPersons || unit === 'place' || unit === 'record') && about === null // what is said of a thing that is there already cannot be chosen in a cell
  const open = items.filter(({ form, dataset }) => mine.length > 0 && form !== null && isOffered(dataset)), chosen: About | null = [...open.map(each => each.dataset), ...sources].find(({ id }) => id === dataset) ?? null
  const fields = chosen && await loadFields(fetch, chosen.id, area)
  const groups = GROUPS.map(group => ({ group, datasets: open.map(each => each.dataset).filter(each => groupOf(each) === group) })).filter(({ datasets }) => datasets.length > 0)
  const names = Object.fromEntries([...items.map(each => each.dataset), ...sources].map(({ id, name }): [string, Text] => [id, name]))
  return { list, groups, sources, chosen, fields, names }
}
export type Tables = Awaited<ReturnType<typeof loadTables>>

/** Sources of numbers that tables may bring more of. */
async function loadSources(fetch: Fetch): Promise<About[]> {
  const { items, sources } = await call(fetch, indicatorApi.listIndicators)
  return sources.filter(source => takesTables(source) && items.some(({ series }) => series.some(one => one.source === source.id))).map(source => ({ id: figuresOf(source), name: source.title }))
}

/** What columns can go to; those that every row must have are told from those that only some must. */
async function loadFields(fetch: Fetch, subject: TableSubject, area: AreaCode): Promise<TableField[]> {
  if (sourceOf(subject) !== null) return (await call(fetch, tableApi.listTableFields, { params: { id: subject } })).fields
  const id = subject as DatasetId, [{ form }, { fields }] = await Promise.all([call(fetch, datasetApi.getDataset, { params: { id }, query: { area } }), call(fetch, tableApi.listTableFields, { params: { id } })])
  return form ? alwaysAsked(form.model, fields) : fields
}

/** One import with all that its columns may go to. */
export async function loadTable(fetch: Fetch, id: string) {
  const table = await call(fetch, tableApi.getTable, { params: { id: id as TableImportId } })
  const [dataset, fields, names] = await Promise.all([
    loadAbout(fetch, table.dataset), loadFields(fetch, table.dataset, table.area),
    namesOf(fetch, [table.area, ...table.report?.byArea.map(({ area }) => area) ?? []]),
  ])
  return { table, dataset, fields, names }
}
export type TablePage = Awaited<ReturnType<typeof loadTable>>

async function loadAbout(fetch: Fetch, subject: TableSubject): Promise<About> {
  if (sourceOf(subject) === null) return (await call(fetch, datasetApi.getDataset, { params: { id: subject as DatasetId } })).dataset
  return (await loadSources(fetch)).find(({ id }) => id === subject) ?? { id: subject, name: { th: subject, en: subject } }
}

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
