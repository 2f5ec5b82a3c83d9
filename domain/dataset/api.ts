import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, DatasetId } from '../base/ids.ts'
import { Dataset, FormVersion } from './dataset.ts'
import { FormFault, FormModel } from './dataset.form.ts'

/** An XLSForm as rows (engine/form/workbook.ts). */
export const WorkbookBody = z.object({
  sheets: z.array(z.object({
    name: z.string().max(100), columns: z.array(z.string().max(200)).max(300),
    rows: z.array(z.object({ row: z.number().int(), cells: z.record(z.string(), z.string().max(20_000)) })).max(20_000),
  })).max(20),
})

/** A dataset as the list shows it: the newest form that is open in the place that was asked for. */
export const DatasetEntry = z.object({
  dataset: Dataset, /** The nation, or the place whose own it is. */ area: AreaCode,
  form: z.object({ area: AreaCode, version: z.string(), questions: z.number().int() }).nullable(),
})
export type DatasetEntry = z.infer<typeof DatasetEntry>

/** A file for the next version; those of the last one are carried along where it still asks for them. */
export const DraftFile = z.object({ name: z.string(), mediaType: z.string(), bytes: z.number().int() })
export type DraftFile = z.infer<typeof DraftFile>

const Of = z.object({ id: DatasetId })
const Version = FormVersion.omit({ model: true })
const Checked = z.object({ faults: z.array(FormFault), xform: z.string().nullable(), model: FormModel.nullable() })
const Given = z.object({ area: AreaCode, workbook: WorkbookBody })

export const datasetApi = {
  listDatasets: {
    method: 'GET', path: '/datasets', cache: 'revalidate', query: z.object({ area: AreaCode.optional() }), reply: z.object({ items: z.array(DatasetEntry) }),
    summary: { th: 'ชุดข้อมูลชุมชนทั้งหมด หรือของพื้นที่หนึ่ง', en: 'All datasets of communities, or those of a place' },
  },
  getDataset: {
    method: 'GET', path: '/datasets/:id', cache: 'revalidate', params: Of, query: z.object({ area: AreaCode.optional() }),
    reply: z.object({
      dataset: Dataset, area: AreaCode, catalogue: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.number(), z.null()])),
      /** The form that is open in the place that was asked for (without one: the base). */
      form: FormVersion.nullable(), versions: z.array(Version),
    }),
    summary: { th: 'นิยามของชุดข้อมูล คำถามทุกข้อ และแบบฟอร์มทุกรุ่น', en: 'A dataset: its definition, all its questions, all versions of its form' },
  },
  getFormFile: {
    method: 'GET', path: '/datasets/:id/forms/:version/:as', cache: 'revalidate', reply: { file: 'application/octet-stream' },
    params: z.object({ id: DatasetId, version: z.string().max(60), as: z.enum(['xlsx', 'md', 'xml']) }), query: z.object({ area: AreaCode.optional() }),
    summary: { th: 'ดาวน์โหลดแบบฟอร์มเป็น XLSForm หรือ XForm', en: 'A form as XLSForm (xlsx, md) or XForm (xml)' },
  },
  makeDataset: {
    method: 'POST', path: '/datasets', cache: 'none', who: 'define-datasets', body: z.object({ area: AreaCode, dataset: Dataset }), reply: Of,
    summary: { th: 'ตั้งชุดข้อมูลใหม่ของพื้นที่', en: 'Make a dataset of a place' },
  },
  changeDataset: {
    method: 'PUT', path: '/datasets/:id', cache: 'none', who: 'define-datasets', params: Of, body: z.object({ area: AreaCode, dataset: Dataset }), reply: Of,
    summary: { th: 'แก้นิยามของชุดข้อมูล', en: 'Change the definition of a dataset' },
  },
  readForm: {
    method: 'POST', path: '/forms/read', cache: 'none', who: 'define-datasets', files: { maxBytes: 8 << 20, maxFiles: 1 },
    reply: Checked.extend({ workbook: WorkbookBody.nullable() }),
    summary: { th: 'อ่านไฟล์ XLSForm และบอกที่ต้องแก้ โดยยังไม่เก็บ', en: 'Read an XLSForm and tell its faults; nothing is kept' },
  },
  checkForm: {
    method: 'POST', path: '/forms/check', cache: 'none', who: 'define-datasets', body: z.object({ dataset: DatasetId.nullable(), ...Given.shape }), reply: Checked,
    summary: { th: 'ตรวจแบบฟอร์มที่กำลังแก้ โดยยังไม่เก็บ', en: 'Check a form in work; nothing is kept' },
  },
  getDraft: {
    method: 'GET', path: '/datasets/:id/draft', cache: 'none', who: 'define-datasets', params: Of, query: z.object({ area: AreaCode }),
    /** Without a draft: the published form, or for a place without additions an empty one. */
    reply: z.object({ workbook: WorkbookBody, isDraft: z.boolean(), changedAt: z.iso.datetime().nullable(), changedBy: z.string().nullable(), files: z.array(DraftFile) }),
    summary: { th: 'แบบฟอร์มที่กำลังแก้ของพื้นที่', en: 'The form in work of a place' },
  },
  saveDraft: {
    method: 'PUT', path: '/datasets/:id/draft', cache: 'none', who: 'define-datasets', params: Of,
    /** `ifChangedAt`: the draft is kept only if the one there is still that of this moment (null: none). */
    body: Given.extend({ ifChangedAt: z.iso.datetime().nullable().optional() }), reply: z.object({ changedAt: z.iso.datetime() }),
    summary: { th: 'เก็บแบบฟอร์มที่กำลังแก้', en: 'Keep the form in work' },
  },
  dropDraft: {
    method: 'DELETE', path: '/datasets/:id/draft', cache: 'none', who: 'define-datasets', params: Of, query: z.object({ area: AreaCode }), reply: Of,
    summary: { th: 'ทิ้งแบบฟอร์มที่กำลังแก้', en: 'Throw away the form in work' },
  },
  addFormFiles: {
    method: 'POST', path: '/datasets/:id/draft/files', cache: 'none', who: 'define-datasets', params: Of, query: z.object({ area: AreaCode }), files: { maxBytes: 10 << 20, maxFiles: 20 },
    reply: z.object({ files: z.array(DraftFile) }),
    summary: { th: 'เพิ่มภาพหรือไฟล์ CSV ที่แบบฟอร์มใช้', en: 'Add pictures or lists (CSV) that the form asks for' },
  },
  dropFormFile: {
    method: 'DELETE', path: '/datasets/:id/draft/files/:name', cache: 'none', who: 'define-datasets', params: z.object({ id: DatasetId, name: z.string().max(255) }), query: z.object({ area: AreaCode }),
    reply: z.object({ files: z.array(DraftFile) }),
    summary: { th: 'เอาไฟล์ของแบบฟอร์มที่กำลังแก้ออก', en: 'Take a file away from the form in work' },
  },
  publishForm: {
    method: 'POST', path: '/datasets/:id/forms', cache: 'none', who: 'define-datasets', params: Of, body: Given,
    reply: z.object({ version: z.string(), faults: z.array(FormFault) }),
    summary: { th: 'เผยแพร่แบบฟอร์มรุ่นใหม่', en: 'Publish a new version of a form' },
  },
  closeForm: {
    method: 'POST', path: '/datasets/:id/forms/:version/close', cache: 'none', who: 'define-datasets', params: z.object({ id: DatasetId, version: z.string().max(60) }), body: z.object({ area: AreaCode, closed: z.boolean() }),
    reply: Of,
    summary: { th: 'ปิดหรือเปิดรับแบบฟอร์มรุ่นหนึ่ง', en: 'Close a version of a form, or open it again' },
  },
} as const satisfies Api
