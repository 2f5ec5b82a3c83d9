import type pg from 'pg'
import type { Right } from '../../domain/base/right.ts'
import { can, placesOf } from '../../domain/access/can.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { CANARY_DAY, PLACES } from './canaries.ts'

/** With which rights the rows of a table, or of all of a schema, are seen or written; one that is not here stops the test. */
const RIGHTS: Record<string, readonly Right[]> = {
  dataset: ['define-datasets'], 'core.record': ['see-records', 'collect'], 'core.record_row': ['see-records', 'collect'], 'core.national_id': ['see-records'], 'core.flag': ['see-records', 'review-records'],
  'raw.submission': ['see-records', 'collect'], 'raw.attachment': ['see-records', 'collect'], 'raw.waiting': ['see-records', 'collect'], 'raw.act': ['see-records', 'collect'],
  'core.record_count': ['see-records', 'collect'], 'core.record_sum': ['see-records', 'collect'], 'core.record_last': ['see-records', 'collect'], 'core.record_delta': ['see-records', 'collect'],
  'raw.table_import': ['import-tables'], 'core.table_mapping': ['import-tables'], 'raw.table_figure': ['import-files'], 'core.duplicate': ['see-records'], 'core.duplicate_turn': ['see-records', 'collect'], 'core.duplicate_search': ['see-records'],
  'core.proposal': ['erase-persons', 'see-records'], 'raw.erasure': ['erase-persons'],
  'access.glass': ['review-records', 'see-records'], 'core.round_lock': ['see-records'], 'core.target': ['see-records', 'run-rounds'], 'core.area_act': ['change-places'], 'core.area_act_row': ['change-places'], 'access.phone': ['manage-people', 'collect'], access: ['manage-people'], team: ['manage-people'], raw: ['import-files'], fact: ['see-internal-figures', 'import-files'], audit: ['read-audit'],
}
const IS_CANARY = `t::text ~ 'c0ffee00-|${CANARY_DAY}'`
/** What is noted here is added up, and gone, a second later. */
const FLEETING = ['core.record_delta']

/** Every table of places that lies under a policy. */
export async function listPlacedTables(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'area_code' and not a.attisdropped
    where c.relkind in ('r', 'p') and c.relrowsecurity order by 1`)
  return rows.map(row => row.name)
}

/** The places of the test in which this viewer has no business with a table. */
export function foreignTo(viewer: Viewer | null, table: string): string[] {
  // opening one record of a foreign place is what a glass is for: what it shows and what not is proved in tests/scenario/glass.test.ts
  if (table === 'access.glass' && viewer?.via === 'session' && placesOf(viewer, 'break-glass').length > 0) return []
  const rights = RIGHTS[table] ?? RIGHTS[table.split('.')[0] ?? '']
  if (!rights) throw new Error(`with which right are the rows of ${table} seen? Say it in tests/leaks/tables.ts`)
  return PLACES.filter(place => viewer === null || !rights.some(right => can(viewer, right, place)))
}

/** Tables in which some place has no canary: nothing of them could be found out. */
export async function listUnplanted(owner: pg.Client, tables: readonly string[]): Promise<string[]> {
  const unplanted: string[] = []
  for (const table of tables.filter(table => !FLEETING.includes(table))) {
    const { rows } = await owner.query(`select count(distinct area_code)::int as places from ${table} t where area_code = any($1) and ${IS_CANARY}`, [PLACES])
    if (rows[0].places !== PLACES.length) unplanted.push(table)
  }
  return unplanted
}

/** Takes the canaries of foreign places away while `work` runs, and puts them back. */
export async function withoutForeign<T>(owner: pg.Client, viewer: Viewer | null, tables: readonly string[], work: () => Promise<T>): Promise<T> {
  await owner.query('set session_replication_role = replica')
  for (const [i, table] of tables.entries()) {
    await owner.query(`create temp table kept_${i} (like ${table})`)
    await owner.query(`with gone as (delete from ${table} t where area_code = any($1) and ${IS_CANARY} returning *) insert into kept_${i} select * from gone`, [foreignTo(viewer, table)])
  }
  try {
    return await work()
  } finally {
    for (const [i, table] of tables.entries()) await owner.query(`insert into ${table} overriding system value select * from kept_${i}; drop table kept_${i}`)
    await owner.query('set session_replication_role = origin')
  }
}

/** One value for everything that stands in the places foreign to this viewer; of the audit the canaries alone, since trying leaves a trace. */
export async function fingerprint(owner: pg.Client, viewer: Viewer | null, tables: readonly string[]): Promise<Record<string, string>> {
  const sums: Record<string, string> = {}
  for (const table of tables) {
    const also = table === 'audit.line' ? `and ${IS_CANARY} and action = 'person.see'` : ''
    const { rows } = await owner.query(`select coalesce(md5(string_agg(t::text, ';' order by t::text)), '') as sum from ${table} t where area_code = any($1) ${also}`, [foreignTo(viewer, table)])
    sums[table] = rows[0].sum
  }
  return sums
}
