import { stringify } from 'csv-stringify/sync'
import type { DatasetId } from '../../domain/base/ids.ts'
import { catalogueOf, questionOf } from '../../domain/dataset/rules.ts'
import { factField, fieldsOf, licenseOf, type Field } from '../../domain/package/rules.ts'
import type { Reader } from '../db/db.ts'
import { isCleared, type Looking } from '../record/read.answers.ts'
import { csvOf, geoJsonOf, nameOf, tablesOf, type Table } from '../record/read.export.ts'
import { sheetOf } from '../record/read.sheet.ts'
import type { Shown } from '../record/read.shown.ts'
import type { Held } from './read.contents.ts'
import type { Packer } from './read.pack.ts'

/** What the Data Package says of each of our CSV files. */
export const TABULAR = { profile: 'tabular-data-resource', format: 'csv', mediatype: 'text/csv', encoding: 'utf-8' }
const ALL = {}

const pathOf = (id: DatasetId, { repeat, name }: Table, ending: string) => `data/${id}${repeat === null ? '' : `.${name}`}.${ending}`
const isOnMap = ({ model }: Shown, looking: Looking) => { const point = questionOf(model, 'point'); return point !== null && isCleared(looking, point.sensitivity) }

/** The records as tables and on a map, each as its own file of the site has them. */
export async function packTables(tx: Reader, { add }: Packer, { dataset, shown }: Held, looking: Looking): Promise<void> {
  for (const table of tablesOf(shown, looking)) {
    await add(pathOf(dataset.id, table, 'csv'), csvOf(tx, shown, looking, ALL, table))
    await add(pathOf(dataset.id, table, 'xlsx'), sheetOf(tx, shown, looking, ALL, table.repeat === null ? undefined : table.name), 'as it is')
  }
  if (isOnMap(shown, looking)) await add(`data/${dataset.id}.geojson`, geoJsonOf(tx, shown, looking, ALL))
}

/** The Data Package's own words on each table (specs.frictionlessdata.io/data-package): which columns, of what type, and what they mean. */
export function resourcesOf({ dataset, shown }: Held, looking: Looking): object[] {
  const about = { licenses: [licenseOf(dataset.catalogue.license_id)], catalogue: catalogueOf(dataset), basis: dataset.basis, retentionYears: dataset.retentionYears }
  return tablesOf(shown, looking).map(table => ({
    name: `${dataset.id}${table.repeat === null ? '' : `.${table.name}`}`.toLowerCase().replace(/[^a-z0-9._-]/g, '-'), path: pathOf(dataset.id, table, 'csv'), ...TABULAR,
    title: `${dataset.name.th} · ${dataset.name.en}`, description: `${dataset.purpose.th} · ${dataset.purpose.en}`,
    others: [pathOf(dataset.id, table, 'xlsx'), ...table.repeat === null && isOnMap(shown, looking) ? [`data/${dataset.id}.geojson`] : []], ...about,
    schema: {
      fields: columnsOf(shown, table), missingValues: [''], primaryKey: table.repeat === null ? 'record_id' : ['record_id', 'row'],
      ...table.repeat !== null && { foreignKeys: [{ fields: 'record_id', reference: { resource: dataset.id, fields: 'record_id' } }] },
    },
  }))
}

/** In the order of the file. */
function columnsOf({ levels }: Shown, { repeat, columns }: Table): Field[] {
  const known = new Map(levels.filter(level => level.repeat === repeat).flatMap(level => level.questions.flatMap(question => fieldsOf(question, nameOf(question.key)))).map(field => [field.name, field]))
  return columns.map(({ name }) => known.get(name) ?? factField(name))
}

export const csvText = (rows: readonly unknown[][]) => `\ufeff${stringify(rows as unknown[][])}`
