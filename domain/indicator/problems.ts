import { problem } from '../base/problem.ts'

export const indicatorProblems = {
  notFound: problem('indicator/not-found', {
    th: (d: { id: string }) => `ไม่มีตัวชี้วัด “${d.id}” ดูรายการที่ /api/indicators`,
    en: d => `There is no indicator “${d.id}”. See the list at /api/indicators.`,
  }),
}
