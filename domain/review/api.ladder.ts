import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { DatasetId } from '../base/ids.ts'
import { Ladder } from '../dataset/dataset.ts'

const Of = z.object({ id: DatasetId })
const Effect = z.object({ public: z.number().int(), counted: z.number().int(), provisional: z.number().int() })
const Version = z.object({ version: z.number().int(), ladder: Ladder, at: z.iso.datetime(), byName: z.string() })

export const ladderApi = {
  previewLadder: {
    method: 'GET', path: '/datasets/:id/ladder', cache: 'none', who: 'define-datasets', params: Of, query: z.object({ approves: Ladder.shape.approves.optional(), counts: Ladder.shape.counts.optional(), lateDays: z.coerce.number().int().min(1).max(365).optional() }),
    reply: z.object({ ladder: Ladder, /** What is asked about. */ wanted: Ladder, /** Null: of no record there may I know. */ now: Effect.nullable(), then: Effect.nullable(), /** Whether I may set it. */ may: z.boolean(), versions: z.array(Version) }),
    summary: { th: 'เส้นทางการรับรองของชุดข้อมูล และถ้าเปลี่ยนจะมีผลอย่างไรกับรายการที่มีอยู่', en: 'The ladder of a dataset, and what another one would make of the records that are there' },
  },
  setLadder: {
    method: 'PUT', path: '/datasets/:id/ladder', cache: 'none', who: 'define-datasets', params: Of, body: z.object({ ladder: Ladder }), reply: z.object({ version: z.number().int() }),
    summary: { th: 'ตั้งเส้นทางการรับรองของชุดข้อมูล', en: 'Set the ladder of a dataset' },
  },
} as const satisfies Api
