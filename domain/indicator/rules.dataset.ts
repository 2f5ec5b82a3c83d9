import { IndicatorId, SourceId, type AreaCode } from '../base/ids.ts'
import type { Text } from '../base/text.ts'
import type { Dataset, DatasetUnit, Ladder } from '../dataset/dataset.ts'
import type { RecordState } from '../record/record.ts'
import { isPublic, ladderOf } from '../record/rules.public.ts'
import { countingStates } from '../record/rules.state.ts'
import type { Indicator, Source, Unit } from './indicator.ts'

/** How many records of a dataset stand where they count: the number, where it comes from, and which records it counts. */
export type DatasetFigure = {
  indicator: Indicator; source: Source
  /** The place whose dataset it is: outside it nobody asked. */
  area: AreaCode
  states: RecordState[]
  /** Things are counted as they stand, under this year; what happens is counted under the year of its day. */
  lasting: boolean
  status: 'summed' | 'provisional'
}

/** Counts of persons and of what leads to them: fewer are not told, nor what would give them away (engine/measure/withhold.ts). */
export const FEWEST = 5, FEWEST_SENSITIVE = 10

/** `sensitive`: its form asks for what section 26 of the PDPA protects. `demo`: invented records are among those of this machine. */
export type Circumstances = { area: AreaCode; sensitive: boolean; demo: boolean }

/** The number that the public is shown of a dataset, as its definition says; null: what is secret is not even counted in public. */
export function makeDatasetFigure(dataset: Dataset, { area, sensitive, demo }: Circumstances): DatasetFigure | null {
  const { catalogue: { data_category: category } } = dataset, ladder = ladderOf(dataset)
  if (category !== 'ข้อมูลสาธารณะ' && category !== 'ข้อมูลส่วนบุคคล') return null
  const threshold = isPublic(dataset) ? null : sensitive ? FEWEST_SENSITIVE : FEWEST
  return {
    indicator: indicatorOf(dataset, ladder, threshold), source: sourceOf(dataset, threshold, demo), area,
    states: countingStates(ladder).counts, lasting: dataset.lasting, status: ladder.counts === 'received' ? 'provisional' : 'summed',
  }
}

/** Ids of datasets know one sign more. @example slugOf('th580703-old_wells') // => 'th580703-old-0wells' */
const slugOf = (id: string) => id.replaceAll('_', '-0')
export const indicatorIdOf = ({ id }: Pick<Dataset, 'id'>): IndicatorId => IndicatorId.parse(`records-${slugOf(id)}`)
export const sourceIdOf = ({ id }: Pick<Dataset, 'id'>): SourceId => SourceId.parse(`dataset-${slugOf(id)}`)

const UNITS: Record<DatasetUnit, { unit: Unit; word: Text }> = {
  record: { unit: 'records', word: { th: 'รายการ', en: 'records' } }, place: { unit: 'places', word: { th: 'แห่ง', en: 'places' } },
  person: { unit: 'persons', word: { th: 'คน', en: 'people' } }, household: { unit: 'households', word: { th: 'ครัวเรือน', en: 'households' } },
}
const COUNTS: Record<Ladder['counts'], Text> = {
  received: { th: 'บันทึกไว้ แม้ยังไม่รับรอง', en: 'recorded, whether or not they are approved yet' },
  approved: { th: 'ผู้ประสานของพื้นที่รับรองแล้ว', en: 'approved by the integrator of the place' },
  verified: { th: 'จังหวัดยืนยันแล้ว', en: 'verified by the province' },
}

function indicatorOf({ id, name, unit, lasting }: Dataset, { counts }: Ladder, threshold: number | null): Indicator {
  const { unit: of, word } = UNITS[unit], when: Text = lasting ? { th: 'ตามที่เป็นอยู่ในปีนั้น', en: 'as they stood in that year' } : { th: 'ที่วันที่ของรายการอยู่ในปีนั้น', en: 'whose day lies in that year' }
  const few: Text = threshold === null ? { th: '', en: '' } : { th: ` จำนวนที่น้อยกว่า ${threshold} และจำนวนที่จะทำให้คำนวณย้อนได้ ไม่แสดง`, en: ` Numbers below ${threshold}, and those from which they could be computed, are withheld.` }
  return {
    // who counts is part of the meaning: another ladder is another definition
    id: indicatorIdOf({ id }), version: `1-${counts}`, topic: 'community', kind: 'count', unit: of,
    name: { th: `${name.th}: จำนวนที่ชุมชนบันทึก`, en: `${name.en}: recorded by communities` }, shortName: name,
    definition: { th: `จำนวน (${word.th}) ในชุดข้อมูล “${name.th}” ที่${COUNTS[counts].th} ${when.th}`, en: `Number of ${word.en} of the dataset “${name.en}” that were ${COUNTS[counts].en}, ${when.en}.` },
    numerator: { th: `รายการที่${COUNTS[counts].th}`, en: `Records ${COUNTS[counts].en}` }, denominator: null, set: null, dimension: null, better: null,
    caution: { th: `นับเฉพาะที่ชุมชนบันทึกแล้ว ไม่ใช่ทั้งหมดที่มี และไม่นับรายการที่เจ้าของขอไม่เผยแพร่${few.th}`, en: `Only what communities have recorded, not all that there is; records that somebody asked to keep from the public are not counted.${few.en}` },
  }
}

const LICENCES: Partial<Record<Dataset['catalogue']['license_id'], Text>> = { 'License not specified': { th: 'ไม่ได้ระบุ', en: 'None stated' }, อื่นๆ: { th: 'อื่น ๆ', en: 'Other' } }
const DEMO: Text = { th: ' (มีรายการสมมุติเพื่อสาธิต)', en: ' (invented records for demonstration are among them)' }

function sourceOf({ id, name, steward, catalogue: { license_id: licence } }: Dataset, threshold: number | null, demo: boolean): Source {
  const also = demo ? DEMO : { th: '', en: '' }
  return {
    id: sourceIdOf({ id }), title: { th: `ชุดข้อมูลชุมชน “${name.th}”${also.th}`, en: `Community dataset “${name.en}”${also.en}` }, publisher: steward, url: null,
    licence: LICENCES[licence] ?? { th: licence, en: licence }, registers: [], notCovered: [], publicLevel: threshold === null ? 'village' : 'tambon', ...threshold !== null && { threshold }, dataset: id, ...demo && { demo },
    note: { th: 'นับจากรายการที่ชุมชนบันทึกในระบบนี้ ปรับตามการรับรองภายในไม่กี่วินาที', en: 'Counted from what communities record in this system; it follows each approval within seconds.' },
  }
}
