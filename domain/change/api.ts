import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, ChangeId } from '../base/ids.ts'
import { ChangePlan, PlaceChange, PlaceChangeDetail, Preview } from './change.ts'

const Known = z.object({ id: ChangeId })

export const changeApi = {
  listPlaceChanges: {
    method: 'GET', path: '/place-changes', cache: 'none', who: 'change-places', query: z.object({ area: AreaCode.optional() }), reply: z.object({ items: z.array(PlaceChange) }),
    summary: { th: 'การเปลี่ยนแปลงเขตที่ทำในพื้นที่ของฉัน', en: 'What was changed of my places' },
  },
  getPlaceChange: {
    method: 'GET', path: '/place-changes/:id', cache: 'none', who: 'change-places', params: Known, reply: PlaceChangeDetail,
    summary: { th: 'การเปลี่ยนแปลงเขตครั้งหนึ่ง พร้อมสิ่งที่ตามมา', en: 'One change of places, with what followed from it' },
  },
  previewPlaceChange: {
    method: 'POST', path: '/place-changes/preview', cache: 'none', who: 'change-places', body: z.object({ plan: ChangePlan }), reply: Preview,
    summary: { th: 'ดูก่อนว่าถ้าเปลี่ยนแล้วอะไรจะตามมา โดยยังไม่ทำ', en: 'What would follow from a change, without doing it' },
  },
  changePlace: {
    method: 'POST', path: '/place-changes', cache: 'none', who: 'change-places', body: z.object({ plan: ChangePlan, /** Of the preview. */ seen: z.string().length(64) }), reply: Known,
    summary: { th: 'เปลี่ยนชื่อ ย้าย แยก หรือรวมพื้นที่', en: 'Rename, move, split or merge places' },
  },
  undoPlaceChange: {
    method: 'POST', path: '/place-changes/:id/undo', cache: 'none', who: 'change-places', params: Known, reply: Known,
    summary: { th: 'ย้อนการเปลี่ยนแปลงเขต', en: 'Take a change of places back' },
  },
} as const satisfies Api
