import type { FileReply } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { writeMarkdown } from '../../engine/form/write-workbook.markdown.ts'
import { writeWorkbook } from '../../engine/form/write-workbook.ts'
import type { Workbook } from '../../engine/form/workbook.ts'
import type { Reader } from '../db/db.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A published form as its authors write it, or as telephones read it. A version that several places have is the area's, else the nation's. */
export async function readFormFile(tx: Reader, id: DatasetId, version: string, as: 'xlsx' | 'md' | 'xml', area: AreaCode | null): Promise<FileReply | null> {
  const ofVersion = tx.selectFrom('open.form').where('dataset_id', '=', id).where('version', '=', version)
  const form = await (area === null ? ofVersion : ofVersion.where('area_code', '=', area)).select(['workbook', 'xform']).orderBy('area_code').executeTakeFirst()
  if (!form) return null
  const name = `${id}-${version}.${as}`, workbook = form.workbook as Workbook
  switch (as) {
    case 'xlsx': return { name, type: XLSX, body: await writeWorkbook(workbook) }
    case 'md': return { name, type: 'text/markdown; charset=utf-8', body: writeMarkdown(workbook) }
    case 'xml': return { name, type: 'text/xml; charset=utf-8', body: form.xform }
    default: return as satisfies never
  }
}
