import type { ColumnType, Generated } from 'kysely'
import type { AreaCode, FileId, GrantId, GroupId, ImportId, IndicatorId, InviteId, PersonId, SourceId, TeamId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import type { Role } from '../../domain/access/access.ts'
import type { AreaChangeKind, AreaLevel, AreaType } from '../../domain/area/area.ts'
import type { Indicator, Source } from '../../domain/indicator/indicator.ts'
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
  note_th: string | null; note_en: string | null; source: string
}
type AreaGroupTable = { id: GroupId; scheme: GroupId; name_th: string; name_en: string }
type AreaGroupMemberTable = { area_code: AreaCode; group_id: GroupId }
type BoundaryTable = { area_code: AreaCode; level: AreaLevel; topology: Buffer; version: string }
type SourceTable = { id: SourceId; definition: ColumnType<Source, string, string> }
type IndicatorTable = { id: IndicatorId; version: string; position: number; definition: ColumnType<Indicator, string, string> }
type OpenFigureTable = {
  area_code: AreaCode; indicator_id: IndicatorId; version: string; period: Period; source_id: SourceId; level: AreaLevel
  numerator: number; denominator: number | null; status: 'published' | 'summed'
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

/** Only inserted, by note(); its number, time and transaction are the database's own. */
type AuditLineTable = {
  area_code: AreaCode; id: Generated<number>; at: Generated<Date>; actor: PersonId | null; actor_name: string | null
  kind: 'person' | 'token' | 'operator' | 'system' | 'stranger'; action: string; target: string | null; about: PersonId | null; reason: string | null
}

export interface Tables {
  'audit.line': AuditLineTable
  'access.person': PersonTable
  'access.grant': GrantTable
  'access.person_term': PersonTermTable
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
  'open.area': AreaTable
  'open.area_term': AreaTermTable
  'open.area_change': AreaChangeTable
  'open.area_group': AreaGroupTable
  'open.area_group_member': AreaGroupMemberTable
  'open.boundary': BoundaryTable
  'open.source': SourceTable
  'open.indicator': IndicatorTable
}
