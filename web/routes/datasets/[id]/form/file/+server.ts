import { datasetApi } from '../../../../../../domain/dataset/api.ts'
import { writeMarkdown } from '../../../../../../engine/form/write-workbook.markdown.ts'
import { writeWorkbook } from '../../../../../../engine/form/write-workbook.ts'
import { call } from '../../../../../base/api.ts'
import type { RequestHandler } from './$types'

/** The draft as its author would write it in a spreadsheet. */
export const GET: RequestHandler = async ({ fetch, params: { id }, url }) => {
  const area = url.searchParams.get('area') ?? '', isMarkdown = url.searchParams.get('as') === 'md'
  const { workbook } = await call(fetch, datasetApi.getDraft, { params: { id }, query: { area } })
  const body = isMarkdown ? writeMarkdown(workbook) : new Uint8Array(await writeWorkbook(workbook))
  return new Response(body, { headers: {
    'content-type': isMarkdown ? 'text/markdown; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': `attachment; filename="${id}-draft.${isMarkdown ? 'md' : 'xlsx'}"`,
  } })
}
