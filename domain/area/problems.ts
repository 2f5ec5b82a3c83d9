import { problem } from '../base/problem.ts'

export const areaProblems = {
  notFound: problem('area/not-found', {
    th: (d: { code: string }) => `ไม่พบพื้นที่รหัส ${d.code} ลองค้นหาด้วยชื่อ`,
    en: d => `There is no place with the code ${d.code}. Try searching by name.`,
  }),
  noBoundaries: problem('area/no-boundaries', {
    th: (d: { code: string; level: string }) => `ไม่มีเส้นเขตระดับ ${d.level} ใน ${d.code}`,
    en: d => `There are no boundaries of level ${d.level} inside ${d.code}.`,
  }),
}
