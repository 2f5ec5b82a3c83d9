import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { IndicatorId } from '../base/ids.ts'
import { IndicatorEntry, Source } from './indicator.ts'

export const indicatorApi = {
  listIndicators: {
    method: 'GET', path: '/indicators', cache: 'revalidate', reply: z.object({ items: z.array(IndicatorEntry), sources: z.array(Source) }),
    summary: { th: 'ตัวชี้วัดทั้งหมด นิยาม และปีที่มีข้อมูล', en: 'All indicators, their definitions and years' },
  },
  getIndicator: {
    method: 'GET', path: '/indicators/:id', cache: 'revalidate', params: z.object({ id: IndicatorId }),
    reply: z.object({ indicator: IndicatorEntry, sources: z.array(Source) }),
    summary: { th: 'ตัวชี้วัดหนึ่งตัว', en: 'One indicator' },
  },
} as const satisfies Api
