import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, DatasetId, RoundId } from '../base/ids.ts'
import { RoundEntry } from './round.ts'

const Name = z.string().trim().min(1).max(100).regex(/^[^\0]*$/, 'text without NUL')
const Days = z.object({ name: z.object({ th: Name, en: Name }), from: z.iso.date(), until: z.iso.date() })
const Made = z.object({ id: RoundId })

export const roundApi = {
  listRounds: {
    method: 'GET', path: '/rounds', cache: 'none', who: 'see-records', query: z.object({ dataset: DatasetId.optional(), area: AreaCode.optional() }), reply: z.object({ items: z.array(RoundEntry) }),
    summary: { th: 'รอบเก็บข้อมูลที่ใช้ในพื้นที่ของฉัน', en: 'The rounds of collecting that hold in my places' },
  },
  makeRound: {
    method: 'POST', path: '/rounds', cache: 'none', who: 'run-rounds', body: Days.extend({ dataset: DatasetId, area: AreaCode }), reply: Made,
    summary: { th: 'ตั้งรอบเก็บข้อมูลของประเทศหรือจังหวัด', en: 'Make a round of collecting, of the nation or of a province' },
  },
  changeRound: {
    method: 'PUT', path: '/rounds/:id', cache: 'none', who: 'run-rounds', params: Made, body: Days, reply: Made,
    summary: { th: 'แก้ชื่อและวันของรอบ', en: 'Change the name and the days of a round' },
  },
} as const satisfies Api
