import { error } from '@sveltejs/kit'
import { DatasetId } from '../../../../domain/base/ids.ts'
import { findMe } from '../../../access/data.ts'
import { lang } from '../../../base/link.ts'
import { loadExample } from '../../../table/data.ts'
import { exampleColumns, exampleCsv, exampleXlsx } from '../../../table/example.ts'
import type { RequestHandler } from './$types'

/** A table of this dataset to fill in: its columns by name, and one invented row. */
export const GET: RequestHandler = async ({ fetch, url }) => {
  const dataset = DatasetId.safeParse(url.searchParams.get('dataset')).data, isCsv = url.searchParams.get('as') === 'csv', me = await findMe(fetch)
  if (!dataset || !me) error(404)
  const { model, fields, place } = await loadExample(fetch, me, dataset)
  if (!model) error(404)
  const columns = exampleColumns(model, fields, place, new Date().toISOString().slice(0, 10), lang())
  return new Response(isCsv ? exampleCsv(columns) : new Uint8Array(await exampleXlsx(columns)), { headers: {
    'content-type': isCsv ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': `attachment; filename="${dataset}-table.${isCsv ? 'csv' : 'xlsx'}"`, 'cache-control': 'private, no-store',
  } })
}
