import { z } from 'zod'
import { AreaCode, DatasetId } from '../base/ids.ts'
import { Text } from '../base/text.ts'
import { FormModel } from './dataset.form.ts'

/** What one record of the dataset is about. Persons and households are shown to fewer people than places and things. */
export const DatasetUnit = z.enum(['record', 'household', 'person', 'place'])
export type DatasetUnit = z.infer<typeof DatasetUnit>

/** On what ground of the PDPA (sections 24 and 26) personal data is collected; `none`: there is none in it. */
export const LawfulBasis = z.enum(['consent', 'public-task', 'research', 'vital', 'contract', 'legitimate-interest', 'law', 'none'])
export type LawfulBasis = z.infer<typeof LawfulBasis>

/**
 * What the Thai Government Data Catalog asks of every dataset, by its own names and with its own words as values. `title`, `notes` and
 * `owner_org` follow from the definition (`catalogueOf` in rules.ts); these must be said.
 */
export const Catalogue = z.object({
  data_type: z.enum(['ข้อมูลระเบียน', 'ข้อมูลสถิติ', 'ข้อมูลภูมิสารสนเทศเชิงพื้นที่', 'ข้อมูลหลากหลายประเภท', 'ข้อมูลประเภทอื่นๆ']),
  maintainer: z.string().min(1), maintainer_email: z.string(),
  tag_string: z.array(z.string().min(1)).min(1),
  objective: z.string().min(1),
  update_frequency_unit: z.enum(['ปี', 'ครึ่งปี', 'ไตรมาส', 'เดือน', 'สัปดาห์', 'วัน', 'วันทำการ', 'ชั่วโมง', 'นาที', 'ตามเวลาจริง', 'ไม่มีการปรับปรุงหลังจากการจัดเก็บข้อมูล', 'ไม่ทราบ', 'อื่นๆ']),
  update_frequency_interval: z.number().int().min(1).nullable(),
  geo_coverage: z.enum(['ไม่มี', 'โลก', 'ประเทศ', 'ภาค', 'จังหวัด', 'อำเภอ', 'ตำบล', 'หมู่บ้าน', 'เทศบาล/อบต.', 'พิกัด']),
  data_source: z.string().min(1),
  data_format: z.array(z.enum(['Database', 'CSV', 'XML', 'Image', 'JSON', 'XLS', 'GeoJSON'])).min(1),
  data_category: z.enum(['ข้อมูลสาธารณะ', 'ข้อมูลส่วนบุคคล', 'ข้อมูลความมั่นคง', 'ข้อมูลความลับทางราชการ']),
  license_id: z.enum(['License not specified', 'CC-BY', 'CC-BY-SA', 'CC-NC', 'Open Data Common', 'GFDL', 'อื่นๆ']),
})
export type Catalogue = z.infer<typeof Catalogue>

/**
 * The way of a record to where it counts: which level approves it, and in which state it counts in figures: as it comes (said to be
 * provisional), once approved, or once the province has verified it. The public sees nothing before it is approved.
 */
export const Ladder = z.object({ approves: z.enum(['tambon', 'district', 'province']), counts: z.enum(['received', 'approved', 'verified']), /** After so many days without a review it is late. */ lateDays: z.number().int().min(1).max(365).optional() })
export type Ladder = z.infer<typeof Ladder>

/** What is collected, for what, by whose leave and for how long. Its fields are the questions of its form: they are said once, there. */
export const Dataset = z.object({
  id: DatasetId,
  name: Text,
  /** Why it is collected and what comes of it, in a sentence or two that a villager accepts. */
  purpose: Text,
  /** Who answers for it. */
  steward: Text,
  unit: DatasetUnit,
  /** True: a record is one thing (an attraction, a household) that is found and updated again; false: a new one for each visit. */
  lasting: z.boolean(),
  /** The dataset whose things its records are about: the answers of a round are about a household. */
  about: DatasetId.nullable(),
  basis: LawfulBasis,
  /** What is read out and agreed to before the first question; null where nobody's data is asked for. */
  consent: Text.nullable(),
  /** After so many years it is proposed to be erased; null: kept. */
  retentionYears: z.number().int().min(1).nullable(),
  catalogue: Catalogue,
  /** Absent: the tambon approves, and what is approved counts. */
  ladder: Ladder.optional(),
})
export type Dataset = z.infer<typeof Dataset>

/** One published questionnaire of a dataset, for a place and all below it. Never changed: the next one has a later version. */
export const FormVersion = z.object({
  dataset: DatasetId,
  /** The nation for the base; a province or tambon for the base with that place's additions. */
  area: AreaCode,
  version: z.string(),
  publishedAt: z.iso.datetime(),
  /** Set: the form is not offered any more, and answers to it are refused with a sentence. */
  closedAt: z.iso.datetime().nullable(),
  model: FormModel,
})
export type FormVersion = z.infer<typeof FormVersion>
