import type { Catalogue } from './keys.ts'
import { FOR_EVERYONE } from './place.ts'

/** Tables of places that are not under a forced policy of their place. */
export async function listTablesWithoutNet(db: Catalogue): Promise<string[]> {
  return list(db, `
    select t.oid::regclass::text as found
    from pg_class t
    join pg_namespace n on n.oid = t.relnamespace
    join pg_attribute a on a.attrelid = t.oid and a.attname = 'area_code' and not a.attisdropped
    where t.relkind in ('r', 'p') and n.nspname not in ('open', 'pg_catalog', 'information_schema')
      and not (n.nspname = 'core' and t.relname = any ('{${FOR_EVERYONE.join(',')}}')) and not (
      t.relrowsecurity and t.relforcerowsecurity
      and exists (select from pg_policies p where p.schemaname = n.nspname and p.tablename = t.relname and p.qual like '%rakkaeo.areas%'))`)
}

/** Policies that let a row through whatever the scope says, for a role that serves requests. A policy may lean on a table that is itself under the net. */
export async function listOpenPolicies(db: Catalogue): Promise<string[]> {
  return list(db, `
    select schemaname || '.' || tablename || ' ' || policyname as found from pg_policies
    where (roles && '{public,rakkaeo_app,rakkaeo_public}'::name[]) and coalesce(qual, with_check) !~ 'rakkaeo\\.(areas|person)|EXISTS \\( SELECT\\s+FROM (access\\."grant"|team\\.area) '`)
}

/** What a role that serves requests could do beside its work: own things, step over policies, become another, make things. */
export async function listLooseRoles(db: Catalogue): Promise<string[]> {
  return list(db, `
    with serving as (select * from pg_roles where rolname in ('rakkaeo_app', 'rakkaeo_public', 'rakkaeo_auth', 'rakkaeo_sealer'))
    select rolname || ' may more than its work' as found from serving where rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
    union all select r.rolname || ' is a member of ' || m.rolname from serving r join pg_auth_members a on a.member = r.oid join pg_roles m on m.oid = a.roleid
    union all select r.rolname || ' owns ' || c.oid::regclass from serving r join pg_class c on c.relowner = r.oid
    union all select r.rolname || ' owns the function ' || p.oid::regprocedure from serving r join pg_proc p on p.proowner = r.oid
    union all select r.rolname || ' may make things in ' || n.nspname from serving r, pg_namespace n where has_schema_privilege(r.oid, n.oid, 'create') and n.nspname !~ '^pg_(temp|toast)'
    union all select r.rolname || ' may make temporary tables' from serving r where rolname <> 'rakkaeo_app' and has_database_privilege(r.oid, current_database(), 'temporary')`)
}

/** Tables and views that a role may touch in other schemas than its own. */
export async function listReach(db: Catalogue, role: string, schemas: readonly string[]): Promise<string[]> {
  return list(db, `
    select c.oid::regclass::text as found from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'S') and n.nspname !~ '^(pg_|information_schema)' and n.nspname <> all ('{${schemas.join(',')}}')
      and has_schema_privilege('${role}', n.oid, 'usage')
      and (c.relkind = 'S' and has_sequence_privilege('${role}', c.oid, 'usage, select, update') or c.relkind <> 'S' and has_table_privilege('${role}', c.oid, 'select, insert, update, delete, truncate, references, trigger'))`)
}

async function list(db: Catalogue, sql: string): Promise<string[]> {
  return (await db.query(`select found from (${sql}) x order by 1`)).rows.map(row => row.found)
}
