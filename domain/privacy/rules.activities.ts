import type { Text } from '../base/text.ts'
import { Role, type Sensitivity } from '../access/access.ts'
import { ROLES } from '../access/can.ts'
import { ROLE_NAMES } from '../access/rules.ts'
import type { Dataset, DatasetUnit, LawfulBasis } from '../dataset/dataset.ts'
import type { FormModel } from '../dataset/dataset.form.ts'
import type { Activity } from './privacy.ts'

export const BASIS_NAMES: Record<LawfulBasis, Text> = {
  consent: { th: 'ความยินยอม (ม.19, 26)', en: 'consent (s.19, 26)' },
  'public-task': { th: 'ภารกิจเพื่อประโยชน์สาธารณะ (ม.24(4))', en: 'task in the public interest (s.24(4))' },
  research: { th: 'การศึกษาวิจัยหรือสถิติ (ม.24(1))', en: 'research or statistics (s.24(1))' },
  vital: { th: 'ป้องกันอันตรายต่อชีวิต (ม.24(2))', en: 'vital interest (s.24(2))' },
  contract: { th: 'สัญญา (ม.24(3))', en: 'contract (s.24(3))' },
  'legitimate-interest': { th: 'ประโยชน์โดยชอบด้วยกฎหมาย (ม.24(5))', en: 'legitimate interest (s.24(5))' },
  law: { th: 'หน้าที่ตามกฎหมาย (ม.24(6))', en: 'legal duty (s.24(6))' },
  none: { th: 'ไม่มีข้อมูลส่วนบุคคล', en: 'no personal data' },
}

const SUBJECTS: Record<DatasetUnit, Text> = {
  person: { th: 'คนที่ตอบหรือถูกบันทึก', en: 'the persons who are recorded' },
  household: { th: 'สมาชิกในครัวเรือน', en: 'the members of households' },
  place: { th: 'ผู้ดูแลหรือผู้ให้ข้อมูลของสถานที่ เมื่อมี', en: 'whoever looks after a place or told of it, where there is somebody' },
  record: { th: 'เจ้าของหรือผู้ให้ข้อมูลของสิ่งที่บันทึก เมื่อมี', en: 'the owner of what is recorded, or who told of it, where there is somebody' },
}

const NOTHING: Text = { th: 'ไม่มี', en: 'none' }

/** What section 39 of the PDPA asks of every processing of personal data, made from the dataset, its newest form and the rules of access alone. */
export function activityOf(dataset: Dataset, model: FormModel | null): Activity['items'] {
  const { name, steward, purpose, basis, consent, unit, retentionYears, catalogue } = dataset
  const fields = (kind: Sensitivity) => fieldsOf(model, kind)
  return [
    item('activity', 'กิจกรรม', 'Processing activity', name), item('controller', 'ผู้ควบคุมข้อมูล', 'Controller', steward),
    item('contact', 'ผู้ติดต่อ', 'Contact', both([catalogue.maintainer, catalogue.maintainer_email].filter(Boolean).join(' · '))), item('purpose', 'วัตถุประสงค์', 'Purpose', purpose),
    item('basis', 'ฐานทางกฎหมาย', 'Lawful basis', BASIS_NAMES[basis]), item('consent', 'คำขอความยินยอมที่อ่านให้ฟัง', 'Consent as it is asked', consent ?? NOTHING),
    item('subjects', 'เจ้าของข้อมูล', 'Data subjects', basis === 'none' ? NOTHING : SUBJECTS[unit]),
    item('personal', 'ข้อมูลส่วนบุคคลที่เก็บ', 'Personal data', fields('personal')), item('sensitive', 'ข้อมูลอ่อนไหวที่เก็บ (ม.26)', 'Sensitive data (s.26)', fields('sensitive')),
    item('source', 'ได้ข้อมูลจาก', 'Source', both(catalogue.data_source)), item('recipients', 'ผู้ที่เห็นข้อมูลส่วนบุคคลในพื้นที่ของตน', 'Who sees personal data, in their own places', recipients()),
    item('disclosure', 'การเปิดเผยและการส่งไปต่างประเทศ', 'Disclosure and transfer abroad', {
      th: 'สาธารณะเห็นเฉพาะคำตอบที่เปิดเผยได้ของรายการที่รับรองแล้ว ไฟล์ที่นำออกลงทะเบียนทุกไฟล์ ระบบไม่ส่งข้อมูลไปต่างประเทศ',
      en: 'Everyone sees the open answers of approved records alone; every file that leaves is entered in a register; the system sends nothing abroad',
    }),
    item('retention', 'ระยะเวลาเก็บ', 'Retention', retentionYears === null ? { th: 'เก็บไว้ ไม่กำหนดลบ', en: 'kept, without an end' } : { th: `${retentionYears} ปีหลังการเก็บครั้งสุดท้าย แล้วระบบเสนอให้ลบ`, en: `${retentionYears} years after the last visit; then erasing is proposed` }),
    item('rights', 'สิทธิของเจ้าของข้อมูล', 'Rights', { th: 'ขอดู ขอสำเนา ขอแก้ ขอลบ และถอนความยินยอม ได้ที่ผู้ประสานของตำบลหรือจังหวัด', en: 'To see, to a copy, to correct, to erase and to withdraw consent: at the integrator of the tambon or province' }),
    item('refusals', 'การปฏิเสธคำขอ', 'Requests refused', { th: 'บันทึกเหตุผลที่เก็บไว้ต่อและวันที่จะพิจารณาใหม่ในหน้าข้อมูลส่วนบุคคล', en: 'Why something is kept, and until when, stands on the page of personal data' }),
    item('measures', 'มาตรการรักษาความปลอดภัย', 'Security measures', {
      th: 'สิทธิตามบทบาทและพื้นที่ตรวจซ้ำในฐานข้อมูล เลขประจำตัวเข้ารหัส บันทึกการใช้งานผูกเป็นลูกโซ่ คำตอบแยกตามชั้นความลับ', en: 'Access by role and place, checked again in the database; citizens’ numbers encrypted; an audit chained by hash; answers kept apart by sensitivity',
    }),
  ]
}

const item = (key: string, th: string, en: string, say: Text) => ({ key, label: { th, en }, say })
const both = (text: string): Text => ({ th: text, en: text })

function fieldsOf(model: FormModel | null, kind: Sensitivity): Text {
  const labels = [...new Map((model?.questions ?? []).filter(({ sensitivity, asked }) => asked && sensitivity === kind).map(({ label }) => [label.th, label])).values()]
  return labels.length === 0 ? NOTHING : { th: labels.map(({ th }) => th).join(' · '), en: labels.map(({ en }) => en).join(' · ') }
}

function recipients(): Text {
  const who = Role.options.filter(role => ROLES[role].clearance.personal !== 'no').map(role => ({ name: ROLE_NAMES[role], how: ROLES[role].clearance.personal }))
  const say = (lang: 'th' | 'en', own: string, purpose: string) => who.map(({ name, how }) => `${name[lang]}${how === 'own' ? own : how === 'with-purpose' ? purpose : ''}`).join(' · ')
  return { th: say('th', ' (เฉพาะที่ตนบันทึก)', ' (เมื่อบอกวัตถุประสงค์)'), en: say('en', ' (what they wrote down themselves)', ' (after saying what for)') }
}
