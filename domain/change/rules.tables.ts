import type { Text } from '../base/text.ts'

/**
 * What becomes of a column with the code of a place when the place changes. `place`: it goes along with the code (`key`: the other columns of
 * its row's key). `record`, `instance`: it lies where its record lies. `pair`: where both its records lie. `each`: it goes along with the code, and every part gets
 * a copy. `list`: a list of codes, of which one becomes several. `shared`: a number that is shared out. `chained`: a foreign key carries it
 * along; `copied`: it does, and every part gets a copy. `made`: written by the act itself. `counted`: made again by triggers and jobs. `carried`: found again by the ledger whenever it is
 * read. `stays`: says what was there then.
 */
export type Follows =
  | { how: 'place' | 'each' | 'list'; key: readonly string[]; what: Text }
  | { how: 'record' | 'instance' | 'pair' | 'shared' | 'copied'; key: readonly string[]; what: Text }
  | { how: 'chained' | 'made' | 'counted' | 'carried' | 'stays' }

const [chained, made, counted, carried, stays] = (['chained', 'made', 'counted', 'carried', 'stays'] as const).map(how => ({ how })) as [Follows, Follows, Follows, Follows, Follows]

/** Every column of the database that holds codes of places; a test reads the catalogue and says when one is not here. */
export const FOLLOWS: Record<string, Follows> = {
  'core.area.code': made, 'core.area.parent_code': made, 'core.area_term.area_code': made, 'core.boundary.area_code': made,
  'core.area_change.area_code': made, 'core.area_change.predecessor': made, 'core.area_change.successor': made, 'core.area_act.area_code': made, 'core.area_act_row.area_code': made,
  'core.area_group_member.area_code': { how: 'each', key: ['group_id'], what: { th: 'การเป็นสมาชิกกลุ่มพื้นที่', en: 'memberships in groups of places' } },

  'core.dataset.area_code': { how: 'place', key: ['id'], what: { th: 'ชุดข้อมูลของพื้นที่', en: 'datasets of its own' } },
  'core.form.area_code': { how: 'each', key: ['dataset_id', 'version'], what: { th: 'แบบฟอร์มของพื้นที่', en: 'forms of its own' } },
  'core.form_file.area_code': { how: 'copied', key: ['dataset_id', 'version', 'name'], what: { th: 'ไฟล์ของแบบฟอร์ม', en: 'files of forms' } },
  'core.check_set.area_code': { how: 'each', key: ['dataset_id', 'version'], what: { th: 'กฎตรวจของพื้นที่', en: 'checks of its own' } },
  'core.ladder.area_code': { how: 'place', key: ['dataset_id', 'version'], what: { th: 'เส้นทางการรับรอง', en: 'ladders' } },
  'dataset.draft.area_code': { how: 'each', key: ['dataset_id'], what: { th: 'แบบฟอร์มที่กำลังร่าง', en: 'forms in work' } },
  'dataset.draft_file.area_code': { how: 'each', key: ['dataset_id', 'name'], what: { th: 'ไฟล์ของแบบฟอร์มที่กำลังร่าง', en: 'files of forms in work' } },

  'core.record.area_code': { how: 'record', key: ['id'], what: { th: 'รายการข้อมูล', en: 'records' } },
  'core.record.form_area': { how: 'place', key: ['id'], what: { th: 'รายการที่กรอกด้วยแบบฟอร์มของพื้นที่', en: 'records by forms of its own' } },
  'core.record_row.area_code': chained, 'core.proposal.area_code': chained, 'core.national_id.area_code': chained, 'core.flag.area_code': chained,
  'raw.act.area_code': { how: 'record', key: ['record_id', 'id'], what: { th: 'ประวัติของรายการ', en: 'acts of records' } },
  'raw.act.form_area': { how: 'place', key: ['record_id', 'id'], what: { th: 'แถวที่นำเข้าด้วยแบบฟอร์มของพื้นที่', en: 'rows by forms of its own' } },
  'raw.submission.area_code': { how: 'instance', key: ['instance_id', 'dataset_id'], what: { th: 'สิ่งที่ส่งเข้ามา', en: 'submissions' } },
  'raw.submission.form_area': { how: 'place', key: ['instance_id', 'dataset_id'], what: { th: 'สิ่งที่ส่งด้วยแบบฟอร์มของพื้นที่', en: 'submissions by forms of its own' } },
  'raw.attachment.area_code': { how: 'instance', key: ['instance_id', 'dataset_id', 'name'], what: { th: 'ไฟล์แนบ', en: 'attachments' } },
  'raw.waiting.area_code': { how: 'instance', key: ['instance_id', 'dataset_id'], what: { th: 'สิ่งที่ส่งซึ่งยังไม่ได้อ่าน', en: 'submissions not read yet' } },
  'raw.table_import.area_code': { how: 'place', key: ['id'], what: { th: 'ตารางที่นำเข้า', en: 'tables that were imported' } },
  'raw.table_import.form_area': { how: 'place', key: ['id'], what: { th: 'ตารางที่ใช้แบบฟอร์มของพื้นที่', en: 'tables by forms of its own' } },
  'core.table_mapping.area_code': { how: 'each', key: ['dataset_id', 'columns_hash'], what: { th: 'การจับคู่คอลัมน์ที่จำไว้', en: 'remembered mappings of columns' } },
  'core.duplicate.area_code': { how: 'pair', key: ['id'], what: { th: 'คู่ที่อาจซ้ำกัน', en: 'pairs of duplicates' } },
  'core.duplicate_turn.area_code': { how: 'record', key: ['record_id'], what: { th: 'รายการที่รอหาคู่ซ้ำ', en: 'records to be compared' } },
  'core.duplicate_search.area_code': { how: 'place', key: ['id'], what: { th: 'การค้นหาคู่ซ้ำ', en: 'searches for duplicates' } },
  'core.record_count.area_code': counted, 'core.record_sum.area_code': counted, 'core.record_delta.area_code': counted, 'core.record_last.area_code': counted,
  'open.figure.area_code': counted, 'open.quality.area_code': counted,

  'core.round.area_code': { how: 'place', key: ['id'], what: { th: 'รอบเก็บข้อมูล', en: 'rounds' } },
  'core.round_lock.area_code': { how: 'each', key: ['round_id', 'id'], what: { th: 'การล็อกรอบ', en: 'locks of rounds' } },
  'core.target.area_code': { how: 'shared', key: ['dataset_id', 'round_id'], what: { th: 'เป้าหมาย', en: 'targets' } },

  'access.grant.area_code': carried, 'auth.token.areas': carried,
  'access.person.area_code': { how: 'place', key: ['id'], what: { th: 'คนที่มีพื้นที่นี้เป็นบ้าน', en: 'people at home there' } },
  'access.person_term.area_code': chained,
  'access.phone.area_code': { how: 'place', key: ['person_id', 'phone_id'], what: { th: 'โทรศัพท์', en: 'telephones' } },
  'access.glass.area_code': { how: 'record', key: ['record_id', 'id'], what: { th: 'การเปิดดูจากนอกพื้นที่', en: 'records opened from elsewhere' } },
  'team.team.area_code': { how: 'place', key: ['id'], what: { th: 'ทีม', en: 'teams' } },
  'team.area.area_code': { how: 'each', key: ['team_id'], what: { th: 'พื้นที่ของทีม', en: 'places of teams' } },
  'team.invite.area_code': { how: 'place', key: ['id'], what: { th: 'คำเชิญ', en: 'invitations' } },
  'team.invite.areas': { how: 'list', key: ['id'], what: { th: 'พื้นที่ในคำเชิญ', en: 'places of invitations' } },

  // what a file said of the place is carried by the ledger when it is drawn on other places
  'fact.figure.area_code': stays, 'fact.reading.area_code': stays, 'raw.file.area_code': stays, 'raw.import.area_code': stays, 'raw.import_file.area_code': stays, 'raw.import_undo.area_code': stays, 'raw.table_figure.area_code': stays,
  'audit.line.area_code': stays, 'audit.export.area_code': stays, 'audit.export_place.area_code': stays, 'raw.erasure.area_code': stays,
}
