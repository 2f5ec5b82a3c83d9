/**
 * What travels without loss: rows of the database, a line of JSON each, in this order. `of`: whose they are, and so when they are left alone: what
 * defines, also for places below, and what is of the `place`, by its own key; what was sent, by its submission; what stands, with its record.
 * `counter`: a number that each house gives anew, in the order of the old ones. `only`: which rows are done with, and not half under way.
 */
export type Part = { name: string; table: string; of: 'definition' | 'place' | 'submission' | 'record'; order: readonly string[]; counter?: string; only?: string }

export const PARTS: readonly Part[] = [
  { name: 'datasets', table: 'core.dataset', of: 'definition', order: ['area_code', 'id'] },
  { name: 'forms', table: 'core.form', of: 'definition', order: ['area_code', 'dataset_id', 'version'] },
  { name: 'form-files', table: 'core.form_file', of: 'definition', order: ['area_code', 'dataset_id', 'version', 'name'] },
  { name: 'check-sets', table: 'core.check_set', of: 'definition', order: ['area_code', 'dataset_id', 'version'] },
  { name: 'ladders', table: 'core.ladder', of: 'definition', order: ['area_code', 'dataset_id', 'version'] },
  { name: 'table-imports', table: 'raw.table_import', of: 'place', order: ['area_code', 'id'], only: "job is null and state in ('imported', 'undone') and dataset_id not like 'figures:%'" },
  { name: 'table-mappings', table: 'core.table_mapping', of: 'place', order: ['area_code', 'dataset_id', 'columns_hash'] },
  { name: 'submissions', table: 'raw.submission', of: 'submission', order: ['received_at', 'instance_id', 'dataset_id'] },
  { name: 'attachments', table: 'raw.attachment', of: 'submission', order: ['instance_id', 'dataset_id', 'name'] },
  { name: 'waiting', table: 'raw.waiting', of: 'submission', order: ['arrived'], counter: 'arrived' },
  { name: 'records', table: 'core.record', of: 'record', order: ['area_code', 'id'] },
  { name: 'rows', table: 'core.record_row', of: 'record', order: ['area_code', 'record_id', 'repeat', 'position'] },
  { name: 'numbers', table: 'core.national_id', of: 'record', order: ['area_code', 'record_id', 'path', 'position'] },
  { name: 'acts', table: 'raw.act', of: 'record', order: ['id'], counter: 'id' },
  { name: 'flags', table: 'core.flag', of: 'record', order: ['area_code', 'record_id', 'kind', 'key'] },
  { name: 'proposals', table: 'core.proposal', of: 'record', order: ['area_code', 'record_id', 'kind'] },
  { name: 'erasures', table: 'raw.erasure', of: 'place', order: ['area_code', 'id', 'record_id'], counter: 'transaction' },
  { name: 'duplicates', table: 'core.duplicate', of: 'place', order: ['area_code', 'id'] },
  { name: 'duplicate-turns', table: 'core.duplicate_turn', of: 'record', order: ['area_code', 'record_id'] },
]

/** Tables with a place that do not travel, each with the reason: a test asks it of every table there is. */
const REASONS: Record<string, readonly string[]> = {
  'people, their roles and telephones belong to one house': ['access.glass', 'access.grant', 'access.person', 'access.person_term', 'access.phone', 'team.area', 'team.invite', 'team.team'],
  'what was done and seen at this house, whose chain would break': ['audit.export', 'audit.export_place', 'audit.line'],
  'counted from the records': ['core.record_count', 'core.record_delta', 'core.record_last', 'core.record_sum'],
  'how this house came to its places': ['core.area_act', 'core.area_act_row'],
  'rounds and searches are of whoever runs them': ['core.duplicate_search', 'core.round_lock', 'core.target'],
  'forms in work were not published': ['dataset.draft', 'dataset.draft_file'],
  'numbers of a publisher, imported at each house': ['fact.figure', 'fact.reading', 'raw.file', 'raw.import', 'raw.import_file', 'raw.import_undo', 'raw.table_figure'],
}
export const STAYS = new Map(Object.entries(REASONS).flatMap(([why, tables]) => tables.map(table => [table, why] as const)))

export const linesOf = (name: string) => `original/${name}.jsonl`
