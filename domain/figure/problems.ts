import { problem } from '../base/problem.ts'

export const figureProblems = {
  noSuchSeries: problem('figure/no-such-series', {
    th: (d: { indicator: string; period: string; known: string }) => `ไม่มีข้อมูล ${d.indicator} ปี ${d.period} มีเฉพาะปี ${d.known}`,
    en: d => `There are no figures of ${d.indicator} for ${d.period}; there are for ${d.known}.`,
  }),
  badCompare: problem('figure/bad-compare', {
    th: (d: { count: number }) => `เปรียบเทียบได้ครั้งละ 2 ถึง 6 พื้นที่ (เลือกไว้ ${d.count})`,
    en: d => `Two to six places can be compared at a time (${d.count} given).`,
  }),
}
