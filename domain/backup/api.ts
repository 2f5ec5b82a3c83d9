import { z } from 'zod'
import type { Api } from '../base/api.ts'

export const backupApi = {
  getLastBackup: {
    method: 'GET', path: '/backups/last', cache: 'none', who: 'import-files', reply: z.object({ /** Null: never, or it is not for whoever asks. */ at: z.iso.datetime().nullable() }),
    summary: { th: 'สำรองข้อมูลทั้งระบบครั้งล่าสุดเมื่อใด สำหรับผู้ดูแลระบบของทั้งประเทศ', en: 'When everything was backed up last, for administrators of the nation' },
  },
} as const satisfies Api
