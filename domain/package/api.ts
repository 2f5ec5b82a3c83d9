import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode } from '../base/ids.ts'
import { RecordFilter } from '../record/api.ts'
import { PackageContents } from './package.ts'

const Of = z.object({ code: AreaCode })
const What = RecordFilter.pick({ purpose: true })

export const packageApi = {
  getPackage: {
    method: 'GET', path: '/packages/:code', cache: 'none', who: 'review-records', params: Of, query: What, reply: PackageContents,
    summary: { th: 'ข้อมูลทั้งหมดของพื้นที่ในไฟล์เดียว จะมีอะไรบ้าง', en: 'What one file with everything of an area would hold' },
  },
  getPackageFile: {
    method: 'GET', path: '/packages/:code/file', cache: 'none', who: 'review-records', witnessed: true, exports: true, perMinute: 10, params: Of, query: What, reply: { file: 'application/zip' },
    summary: { th: 'ดาวน์โหลดข้อมูลทั้งหมดของพื้นที่: ตาราง แผนที่ ภาพ และต้นฉบับ ใน ZIP เดียว (Frictionless Data Package)', en: 'Everything of an area as one ZIP: tables, maps, photographs and originals (Frictionless Data Package)' },
  },
} as const satisfies Api
