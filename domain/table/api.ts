import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { PageQuery, pageOf } from '../base/page.ts'
import { TableField, TableImport, TableImportId, TableMapping, TableShape, TableSubject } from './table.ts'

const Of = z.object({ id: TableImportId })

/** An import in the list: without what only its own page shows. */
export const TableEntry = TableImport.omit({ shape: true, sheets: true, columns: true, mapping: true, report: true }).extend({ /** Rows that went in, or would. */ rows: z.number().int().nullable() })
export type TableEntry = z.infer<typeof TableEntry>

/** What a person says when the rows are to go in. */
export const TableHow = z.object({
  /** The very bytes went into this dataset before, and that is meant. */
  again: z.boolean().default(false),
  /** Rows without an error go in although others stay out; else one faulty row keeps all of them out. */
  keepGood: z.boolean().default(false),
  /** Rows that break a rule of the form or a check of the dataset go in too, and the record says so. What cannot be read or has no place stays out. */
  keepFaulty: z.boolean().default(false),
})
export type TableHow = z.infer<typeof TableHow>

/** A file's first bytes tell what it is; it is streamed to the disk and never held. */
export const TABLE_MOST_BYTES = 2 ** 31

export const tableApi = {
  listTables: {
    method: 'GET', path: '/tables', cache: 'none', who: 'import-tables', also: 'import-files', query: PageQuery.extend({ dataset: TableSubject.optional() }), reply: pageOf(TableEntry),
    summary: { th: 'ตารางที่นำเข้าในพื้นที่ของฉัน', en: 'Tables that were imported in my places' },
  },
  giveTable: {
    method: 'POST', path: '/tables', cache: 'none', who: 'import-tables', also: 'import-files', perMinute: 30, query: z.object({ dataset: TableSubject }), reply: TableImport,
    summary: { th: 'ให้ไฟล์ตาราง CSV, TSV หรือ XLSX (ไฟล์เดียวในแบบฟอร์ม multipart) แล้วระบบบอกว่าพบคอลัมน์อะไรและเสนอการจับคู่', en: 'Give a table as CSV, TSV or XLSX (the one file of a multipart form); what it is and where its columns may go is told' },
  },
  listTableFields: {
    method: 'GET', path: '/datasets/:id/table-fields', cache: 'none', who: 'import-tables', also: 'import-files', params: z.object({ id: TableSubject }), query: z.object({}),
    reply: z.object({ version: z.string(), fields: z.array(TableField) }),
    summary: { th: 'ช่องของชุดข้อมูล หรือตัวชี้วัดของแหล่งข้อมูล ที่คอลัมน์ของตารางไปลงได้', en: 'The fields of a dataset, or the indicators of a source, that columns of a table can go to' },
  },
  getTable: {
    method: 'GET', path: '/tables/:id', cache: 'none', who: 'import-tables', also: 'import-files', params: Of, reply: TableImport, perMinute: 600,
    summary: { th: 'การนำเข้าตารางหนึ่ง: คอลัมน์ การจับคู่ ความคืบหน้า และรายงาน', en: 'One import of a table: its columns, mapping, progress and report' },
  },
  setTable: {
    method: 'PUT', path: '/tables/:id', cache: 'none', who: 'import-tables', also: 'import-files', params: Of,
    /** Another shape reads the columns anew and, without a mapping of its own, suggests one. */
    body: z.object({ shape: TableShape.optional(), mapping: TableMapping.optional() }), reply: TableImport,
    summary: { th: 'บอกว่าไฟล์เป็นอย่างไร และคอลัมน์ใดไปช่องใด', en: 'Say what shape the file has, and which column goes where' },
  },
  tryTable: {
    method: 'POST', path: '/tables/:id/try', cache: 'none', who: 'import-tables', also: 'import-files', params: Of, reply: TableImport,
    summary: { th: 'อ่านและตรวจทั้งไฟล์โดยไม่เก็บอะไร', en: 'Read and check the whole file and keep nothing' },
  },
  importTable: {
    method: 'POST', path: '/tables/:id/import', cache: 'none', who: 'import-tables', also: 'import-files', params: Of, body: TableHow, reply: TableImport,
    summary: { th: 'นำแถวของตารางเข้าเป็นรายการหรือตัวเลข ทั้งหมดหรือไม่เข้าเลย', en: 'Take the rows in as records or figures, all of it or nothing' },
  },
  undoTable: {
    method: 'POST', path: '/tables/:id/undo', cache: 'none', who: 'import-tables', also: 'import-files', params: Of, reply: TableImport,
    summary: { th: 'ย้อนการนำเข้าทั้งไฟล์', en: 'Take a whole import back' },
  },
  getFaultyRows: {
    method: 'GET', path: '/tables/:id/faulty', cache: 'none', who: 'import-tables', also: 'import-files', witnessed: true, params: Of, reply: { file: 'text/csv; charset=utf-8' },
    summary: { th: 'แถวที่ยังเข้าไม่ได้ เป็น CSV ที่มีคอลัมน์บอกว่าผิดอะไร แก้แล้วส่งกลับได้เลย', en: 'The rows that stayed out, as CSV with a column that says what is wrong; mended, it is given again as it is' },
  },
} as const satisfies Api
