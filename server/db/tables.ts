import type { ColumnType, Generated } from 'kysely'
import type { AreaCode, DatasetId, FileId, GrantId, GroupId, ImportId, IndicatorId, InviteId, PersonId, PhoneId, RecordId, SourceId, TeamId, TokenId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import type { Role, Sensitivity } from '../../domain/access/access.ts'
import type { AreaChangeKind, AreaLevel, AreaType } from '../../domain/area/area.ts'
import type { Check, FlagLimits } from '../../domain/dataset/dataset.check.ts'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import type { Indicator, Source } from '../../domain/indicator/indicator.ts'
import type { ActKind, Answers, FieldReason, RecordFault, RecordState } from '../../domain/record/record.ts'
import type { TableImportId } from '../../domain/table/table.ts'
import type { TokenTable } from './tables.auth.ts'

/** Dates travel as text, `YYYY-MM-DD`. */
type AreaTable = {
  code: AreaCode; level: AreaLevel; type: AreaType; parent_code: AreaCode | null; name_th: string; name_en: string
  valid_from: string | null; valid_until: string | null; lat: number | null; lon: number | null
  area_km2: number | null; has_shape: boolean
}
type AreaTermTable = { area_code: AreaCode; term: string; whole: boolean; depth: number }
type AreaChangeTable = {
  id: Generated<number>; area_code: AreaCode; kind: AreaChangeKind; day: string; precision: 'day' | 'year' | 'before'
  predecessor: AreaCode | null; successor: AreaCode | null; share: number
  name_before_th: string | null; name_before_en: string | null; name_after_th: string | null; name_after_en: string | null
  note_th: string | null; note_en: string | null; source: string; made_at: Generated<Date | null>
}
type AreaGroupTable = { id: GroupId; scheme: GroupId; name_th: string; name_en: string }
type AreaGroupMemberTable = { area_code: AreaCode; group_id: GroupId }
type BoundaryTable = { area_code: AreaCode; level: AreaLevel; topology: Buffer; version: string }
type SourceTable = { id: SourceId; definition: ColumnType<Source, string, string> }
type IndicatorTable = { id: IndicatorId; version: string; position: number; definition: ColumnType<Indicator, string, string> }
type OpenFigureTable = {
  area_code: AreaCode; indicator_id: IndicatorId; version: string; period: Period; source_id: SourceId; level: AreaLevel
  numerator: number; denominator: number | null; status: 'published' | 'summed' | 'provisional'
}
type FactFigureTable = OpenFigureTable & { publication: 'public' | 'internal'; import_id: ImportId | null }
type FactReadingTable = {
  area_code: AreaCode; source_id: SourceId; period: Period; part: string; publication: 'public' | 'internal'; cells: (number | null)[]; import_id: ImportId
}
type OpenSeriesTable = { indicator_id: IndicatorId; version: string; source_id: SourceId; period: Period; level: AreaLevel; areas: number }

type PersonTable = {
  area_code: AreaCode; id: PersonId; name: string; user_name: string | null; email: string | null; demo: boolean; made_at: Generated<Date>; ended_at: Date | null
}
type GrantTable = {
  area_code: AreaCode; id: GrantId; person_id: PersonId; role: Role; valid_from: string; valid_until: string | null
  given_by: PersonId | null; given_by_name: Generated<string | null>; given_at: Generated<Date>; ended_at: Date | null; ended_by: PersonId | null; team_id: Generated<TeamId | null>
}
type PersonTermTable = { area_code: AreaCode; person_id: PersonId; term: string }
type TeamTable = {
  area_code: AreaCode; id: TeamId; name_th: string; name_en: string; university_th: string; university_en: string; made_at: Generated<Date>; made_by: PersonId | null
}
type InviteTable = {
  area_code: AreaCode; id: InviteId; hash: Buffer; team_id: TeamId | null; role: Role; areas: AreaCode[]; valid_until: string | null; uses: number; used: Generated<number>
  made_by: PersonId; made_by_name: string; made_at: Generated<Date>; expires_at: Date; ended_at: Date | null
}
type PhoneTable = {
  area_code: AreaCode; person_id: PersonId; phone_id: PhoneId; name: string; version: string; unsent: number; oldest: Date | null; seen_at: Generated<Date>
  session_id: string | null; revoked_at: Date | null; revoked_by: PersonId | null
}

/** Only inserted, by note(); its number, time and transaction are the database's own. */
type AuditLineTable = {
  area_code: AreaCode; id: Generated<number>; at: Generated<Date>; actor: PersonId | null; actor_name: string | null
  kind: 'person' | 'token' | 'operator' | 'system' | 'stranger'; action: string; target: string | null; about: PersonId | null; reason: string | null
}

type Json<T> = ColumnType<T, string, string>
type DatasetTable = { area_code: AreaCode; id: DatasetId; position: number; definition: Json<Dataset> }
type OpenFormTable = {
  area_code: AreaCode; dataset_id: DatasetId; version: string; workbook: Json<unknown>; xform: string; md5: string; model: Json<FormModel>
  published_at: Generated<Date>; closed_at: Date | null
}
type FormTable = OpenFormTable & { published_by: string; person_id: PersonId | null }
type FormFileTable = { area_code: AreaCode; dataset_id: DatasetId; version: string; name: string; md5: string; media_type: string; bytes: Buffer }
type DraftTable = { area_code: AreaCode; dataset_id: DatasetId; workbook: Json<unknown>; changed_at: Generated<Date>; changed_by: string; person_id: PersonId | null }

type SubmissionTable = {
  area_code: AreaCode; instance_id: string; dataset_id: DatasetId; version: string; form_area: AreaCode; sha256: Buffer; xml: string; files: string[]
  received_at: Generated<Date>; person_id: PersonId; token_id: TokenId | null; client: string; device_id: string | null; deprecated_id: string | null
}
type AttachmentTable = {
  area_code: AreaCode; instance_id: string; dataset_id: DatasetId; name: string; sha256: Buffer; bytes: number; media_type: string
  received_at: Generated<Date>; person_id: PersonId
}
type WaitingTable = { area_code: AreaCode; instance_id: string; dataset_id: DatasetId; arrived: Generated<number>; tries: Generated<number>; not_before: Generated<Date>; fault: string | null }
type ActTable = {
  area_code: AreaCode; record_id: RecordId; id: Generated<number>; dataset_id: DatasetId; kind: ActKind; at: Date
  person_id: PersonId | null; person_name: string | null; instance_id: string | null; reason: string | null; fields: Json<FieldReason[]> | null; batch: string | null; change: ColumnType<unknown, string | null | undefined, string | null>
  /** Of a row of a table. */
  import_id: Generated<TableImportId | null>; line: Generated<number | null>; form_area: Generated<AreaCode | null>; version: Generated<string | null>; answers: ColumnType<Record<Sensitivity, Answers> | null, string | null | undefined, never>
}
/** Answers by how closely they are kept. */
type Kept = { open: Json<Answers>; internal: Json<Answers>; personal: Json<Answers>; sensitive: Json<Answers> }
type RecordTable = Kept & {
  area_code: AreaCode; id: RecordId; dataset_id: DatasetId; about: RecordId | null; state: RecordState; form_area: AreaCode; version: string; instance_id: string; versions: number
  day: string | null; made_at: Date; made_by: PersonId; changed_at: Date; changed_by: PersonId; faults: Json<RecordFault[]>
  lat: number | null; lon: number | null; point_kept: Sensitivity | null; acts: number; acted_at: Date; may_publish: boolean; merged_into: Generated<RecordId | null>; type: string
}
type OpenCheckSetTable = { area_code: AreaCode; dataset_id: DatasetId; version: number; checks: Json<Check[]>; limits: Json<FlagLimits>; published_at: Generated<Date> }
type FlagTable = {
  area_code: AreaCode; record_id: RecordId; kind: string; key: string; dataset_id: DatasetId; kept: Sensitivity; reason: Json<unknown>; found_at: Generated<Date>
  aside_at: Date | null; aside_by: PersonId | null; aside_name: string | null; aside_why: string | null
}
type QualityTable = {
  area_code: AreaCode; dataset_id: DatasetId; records: number; completeness: number | null; timeliness: number | null; consistency: number | null; plausibility: number | null
  approval: number | null; counted_at: Generated<Date>
}
/** What anyone may see: approved as its dataset's ladder says, and nobody asked to keep it from the public. */
type OpenRecordTable = { area_code: AreaCode; id: RecordId; dataset_id: DatasetId; form_area: AreaCode; version: string; day: string | null; changed_at: Date; answers: Json<Answers>; lat: number | null; lon: number | null }
type RecordRowTable = Kept & { area_code: AreaCode; record_id: RecordId; dataset_id: DatasetId; repeat: string; position: number; parent: number | null; made_by: PersonId }
type NationalIdTable = { area_code: AreaCode; record_id: RecordId; path: string; position: number; hash: Buffer; sealed: string }

export interface Tables {
  'audit.line': AuditLineTable
  'access.person': PersonTable
  'access.grant': GrantTable
  'access.person_term': PersonTermTable
  'access.phone': PhoneTable
  'team.team': TeamTable
  'team.area': { area_code: AreaCode; team_id: TeamId }
  'team.invite': InviteTable
  'auth.token': TokenTable
  'raw.file': { area_code: AreaCode; id: FileId; name: string; sha256: string; bytes: Buffer; received_at: Generated<Date>; received_by: string }
  'raw.import': {
    area_code: AreaCode; id: ImportId; layout: string; source_id: SourceId; period: Period; report: ColumnType<unknown, string, never>
    created_at: Generated<Date>; created_by: string; person_id: PersonId | null
  }
  'raw.import_file': { area_code: AreaCode; import_id: ImportId; file_id: FileId }
  'raw.import_undo': { area_code: AreaCode; import_id: ImportId; undone_at: Generated<Date>; undone_by: string; person_id: PersonId | null }
  'raw.submission': SubmissionTable
  'raw.attachment': AttachmentTable
  'raw.waiting': WaitingTable
  'raw.act': ActTable
  'dataset.draft': DraftTable
  'dataset.draft_file': Omit<FormFileTable, 'version'>
  'core.dataset': DatasetTable
  'core.check_set': OpenCheckSetTable & { published_by: string; person_id: PersonId | null }
  'core.check_work': { dataset_id: DatasetId; again: string | null; counted_at: Generated<Date> }
  'core.flag': FlagTable
  'core.form': FormTable
  'core.form_file': FormFileTable
  'core.record': RecordTable
  'core.record_row': RecordRowTable
  'core.national_id': NationalIdTable
  'core.area': AreaTable
  'core.area_term': AreaTermTable
  'core.area_change': AreaChangeTable
  'core.area_group': AreaGroupTable
  'core.area_group_member': AreaGroupMemberTable
  'core.boundary': BoundaryTable
  'core.seed': { name: string; hash: string; loaded_at: Generated<Date> }
  'core.source': SourceTable
  'core.indicator': IndicatorTable
  'fact.figure': FactFigureTable
  'fact.reading': FactReadingTable
  'open.figure': OpenFigureTable
  'open.series': OpenSeriesTable
  'open.record': OpenRecordTable
  'open.area': AreaTable
  'open.area_term': AreaTermTable
  'open.area_change': AreaChangeTable
  'open.area_group': AreaGroupTable
  'open.area_group_member': AreaGroupMemberTable
  'open.boundary': BoundaryTable
  'open.source': SourceTable
  'open.indicator': IndicatorTable
  'open.dataset': DatasetTable
  'open.check_set': OpenCheckSetTable
  'open.quality': QualityTable
  'open.form': OpenFormTable
  'open.form_file': FormFileTable
}
