import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, ImportId, PersonId } from '../base/ids.ts'
import { PageQuery, pageOf } from '../base/page.ts'
import { ImportReport } from './import.ts'

/** A reading of files, as the list shows it. */
export const ImportEntry = z.object({
  id: ImportId, area: AreaCode, source: z.string(), period: z.string(), files: z.array(z.string()), outcome: z.string(), rows: z.number().int(),
  by: PersonId.nullable(), byName: z.string(), at: z.iso.datetime(), undoneAt: z.iso.datetime().nullable(),
})
export type ImportEntry = z.infer<typeof ImportEntry>

const How = z.object({ year: z.string().max(4).optional(), keepGood: z.enum(['yes', 'no']).default('no') })
const FILES = { maxBytes: 64 << 20, maxFiles: 12 }

export const importApi = {
  previewImport: {
    method: 'POST', path: '/imports/preview', cache: 'none', who: 'import-files', files: FILES, query: How, reply: ImportReport,
    summary: { th: 'ลองอ่านไฟล์ TPMAP ก่อนนำเข้า', en: 'Try TPMAP files without keeping anything' },
  },
  makeImport: {
    method: 'POST', path: '/imports', cache: 'none', who: 'import-files', files: FILES, query: How, reply: ImportReport,
    summary: { th: 'นำเข้าไฟล์ TPMAP', en: 'Import TPMAP files' },
  },
  listImports: {
    method: 'GET', path: '/imports', cache: 'none', who: 'import-files', query: PageQuery, reply: pageOf(ImportEntry),
    summary: { th: 'การนำเข้าที่ผ่านมา', en: 'Imports so far' },
  },
  getImport: {
    method: 'GET', path: '/imports/:id', cache: 'none', who: 'import-files', params: z.object({ id: ImportId }), reply: z.object({ entry: ImportEntry, report: ImportReport }),
    summary: { th: 'รายงานของการนำเข้า', en: 'The report of an import' },
  },
  undoImport: {
    method: 'POST', path: '/imports/:id/undo', cache: 'none', who: 'import-files', params: z.object({ id: ImportId }), reply: z.object({ id: ImportId, figures: z.number().int() }),
    summary: { th: 'ย้อนการนำเข้าทั้งชุด', en: 'Undo an import' },
  },
} as const satisfies Api
