import type pg from 'pg'
import type { RowsTouched, Thing } from '../../domain/backup/backup.rehearsal.ts'
import { OURS } from './read.snapshot.ts'

/** Everything a schema is made of, each by name, with the words the catalogue has for it. */
export async function listThings(client: pg.Client): Promise<Thing[]> {
  const { rows } = await client.query<Thing>(`
    with ours as (select c.oid, relkind, nspname || '.' || relname as name from pg_class c join pg_namespace n on n.oid = relnamespace where ${OURS}),
      tables as (select * from ours where relkind in ('r', 'p'))
    select 'schema' as kind, nspname::text as name, null as of, '' as definition from pg_namespace where ${OURS}
    union all select 'table', name, null, '' from tables
    union all select 'column', name || '.' || attname, name, format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end || coalesce(' ' || pg_get_expr(adbin, adrelid), '')
      from tables join pg_attribute on attrelid = oid and attnum > 0 and not attisdropped left join pg_attrdef on adrelid = attrelid and adnum = attnum
    union all select 'constraint', name || '.' || conname, name, pg_get_constraintdef(o.oid) from tables t join pg_constraint o on conrelid = t.oid and contype <> 'n'
    union all select 'index', i.name, t.name, pg_get_indexdef(i.oid) from pg_index join ours i on i.oid = indexrelid join tables t on t.oid = indrelid where not exists (select from pg_constraint where conindid = indexrelid)
    union all select 'view', name, null, pg_get_viewdef(oid) from ours where relkind in ('v', 'm')
    union all select 'function', nspname || '.' || proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', null, pg_get_functiondef(p.oid) from pg_proc p join pg_namespace n on n.oid = pronamespace where ${OURS} and prokind in ('f', 'p')
    union all select 'trigger', name || '.' || tgname, name, pg_get_triggerdef(g.oid) from tables t join pg_trigger g on tgrelid = t.oid where not tgisinternal
    union all select 'policy', schemaname || '.' || tablename || '.' || policyname, schemaname || '.' || tablename, concat_ws(' ', cmd, roles::text, qual, with_check) from pg_policies
    order by 1, 2`)
  return rows
}

/** Rows that the transaction at hand has touched so far, of tables that are still there. */
export async function listTouched(client: pg.Client): Promise<RowsTouched[]> {
  const { rows } = await client.query<RowsTouched>(`
    select schemaname || '.' || relname as table, n_tup_ins as inserted, n_tup_upd as updated, n_tup_del as deleted from pg_stat_xact_user_tables
    where schemaname <> 'meta' and n_tup_ins + n_tup_upd + n_tup_del > 0 order by 1`)
  return rows
}
