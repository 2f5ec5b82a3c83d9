import type { AreaCode, SourceId } from '../base/ids.ts'
import { buddhistYear } from '../base/era.ts'
import type { Period } from '../base/period.ts'
import type { AreaLevel } from '../area/area.ts'
import { isWithin, levelOf } from '../area/rules.ts'
import type { Source } from './indicator.ts'

const DEPTH: Record<AreaLevel, number> = { nation: 0, province: 1, district: 2, tambon: 3, 'municipal-part': 3, village: 4, 'village-part': 4 }

/** Is this level public for the source? A tambon is not, where the source is public down to the province. */
export function isPublicLevel(source: Pick<Source, 'publicLevel'>, level: AreaLevel): boolean {
  return source.publicLevel !== null && DEPTH[level] <= DEPTH[source.publicLevel]
}

/**
 * Why a source has no figure of a place: it did not ask there, it is not public that far down, or nothing arrived. Where small numbers are
 * withheld, few and none read the same: which of the two it is would tell.
 */
export function gapOf(source: Pick<Source, 'publicLevel' | 'notCovered' | 'threshold'>, area: AreaCode): 'not-covered' | 'not-published' | 'suppressed' | 'missing' {
  if (source.notCovered.some(container => isWithin(area, container))) return 'not-covered'
  if (!isPublicLevel(source, levelOf(area))) return 'not-published'
  return source.threshold === undefined ? 'missing' : 'suppressed'
}

/** The source of a TPMAP file of a year that has no definition of its own yet: what is not known of it is not said. */
export function makeTpmapSource(id: SourceId, period: Period): Source {
  const year = buddhistYear(Number(period))
  return {
    id,
    title: { th: `ระบบบริหารจัดการข้อมูลการพัฒนาคนแบบชี้เป้า (TPMAP) ปี ${year}`, en: `Thai People Map and Analytics Platform (TPMAP) ${year} (${period})` },
    publisher: { th: 'สำนักงานสภาพัฒนาการเศรษฐกิจและสังคมแห่งชาติ และ เนคเทค สวทช.', en: 'NESDC and NECTEC (NSTDA)' },
    url: 'https://www.tpmap.in.th', licence: { th: 'ไม่ได้ระบุ', en: 'None stated' }, registers: [], notCovered: [], publicLevel: 'province',
    note: { th: 'นำเข้าจากไฟล์ ไม่ทราบปีของทะเบียนที่ใช้ เผยแพร่ถึงระดับจังหวัด', en: 'Imported from a file; the year of the registers that went in is not known. Public down to the province.' },
  }
}
