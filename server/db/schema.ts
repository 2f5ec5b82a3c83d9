import type pg from 'pg'

/** Ours only: not PostgreSQL's own, not the notes about the database, not what extensions brought. */
const OURS = `nspname not in ('meta', 'public', 'information_schema') and nspname !~ '^pg_'`

/** One statement per row, in an order that depends on names alone. */
const PARTS: { title: string; sql: string }[] = [
  { title: 'Schemas', sql: `select format('create schema %I;', nspname) as line from pg_namespace where ${OURS} order by nspname collate "C"` },
  { title: 'Extensions', sql: `select format('create extension %I;', extname) as line from pg_extension where extname <> 'plpgsql' order by extname collate "C"` },
  {
    title: 'Functions',
    sql: `select pg_get_functiondef(p.oid) || ';' as line from pg_proc p join pg_namespace on pronamespace = pg_namespace.oid where ${OURS}
      order by (nspname || '.' || proname) collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`,
  },
  {
    title: 'Tables',
    sql: `select format(E'create table %I.%I (\\n%s\\n);', nspname, relname, string_agg(col, E',\\n' order by attnum)) as line
      from (select nspname, relname, attnum, format('  %I %s%s%s%s%s', attname, format_type(atttypid, atttypmod),
          case when attcollation not in (0, typcollation) then format(' collate %I', collname) end,
          case when attnotnull then ' not null' end,
          case when attidentity <> '' then ' generated ' || case attidentity when 'a' then 'always' else 'by default' end || ' as identity' end,
          case when adbin is null then '' when attgenerated <> '' then ' generated always as (' || pg_get_expr(adbin, adrelid) || ') stored' else ' default ' || pg_get_expr(adbin, adrelid) end) as col
        from pg_class c join pg_namespace n on relnamespace = n.oid join pg_attribute on attrelid = c.oid join pg_type t on t.oid = atttypid
        left join pg_collation l on l.oid = attcollation left join pg_attrdef on adrelid = c.oid and adnum = attnum
        where ${OURS} and relkind in ('r', 'p') and attnum > 0 and not attisdropped) columns
      group by nspname, relname order by (nspname || '.' || relname) collate "C"`,
  },
  {
    title: 'Constraints',
    sql: `select format('alter table %I.%I add constraint %I %s;', nspname, relname, conname, pg_get_constraintdef(o.oid)) as line
      from pg_constraint o join pg_class c on conrelid = c.oid join pg_namespace n on relnamespace = n.oid where ${OURS} and contype <> 'n'
      order by position(contype in 'puxcf'), (nspname || '.' || relname || '.' || conname) collate "C"`,
  },
  {
    title: 'Indexes',
    sql: `select pg_get_indexdef(indexrelid) || ';' as line from pg_index i join pg_class c on indexrelid = c.oid join pg_namespace n on relnamespace = n.oid
      where ${OURS} and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x')) order by pg_get_indexdef(indexrelid) collate "C"`,
  },
  {
    title: 'Views',
    sql: `select format(E'create view %I.%I as\\n%s', nspname, relname, pg_get_viewdef(c.oid)) as line from pg_class c join pg_namespace n on relnamespace = n.oid
      where ${OURS} and relkind in ('v', 'm') order by (nspname || '.' || relname) collate "C"`,
  },
  {
    title: 'Row-level security',
    sql: `select format('create policy %I on %I.%I for %s to %s%s%s;', policyname, schemaname, tablename, lower(cmd), array_to_string(roles, ', '), ' using (' || regexp_replace(qual, '\\s+', ' ', 'g') || ')', ' with check (' || regexp_replace(with_check, '\\s+', ' ', 'g') || ')') as line
      from pg_policies order by (schemaname || '.' || tablename || '.' || policyname) collate "C"`,
  },
  {
    title: 'Grants',
    sql: `select format('grant %s on %I.%I to %I;', string_agg(lower(privilege_type), ', ' order by privilege_type), nspname, relname, grantee.rolname) as line
      from pg_class c join pg_namespace n on relnamespace = n.oid, aclexplode(relacl) acl join pg_roles grantee on acl.grantee = grantee.oid
      where ${OURS} and grantee.oid <> relowner and relkind in ('r', 'p', 'v', 'm') group by nspname, relname, grantee.rolname
      order by grantee.rolname collate "C", (nspname || '.' || relname) collate "C"`,
  },
]

/** The whole schema as SQL, read from the catalogue of a migrated database: what db/schema.sql must say. */
export async function printSchema(client: pg.Client | pg.PoolClient): Promise<string> {
  const parts: string[] = ['-- Printed from the catalogue by tools/dump-schema.ts after all migrations. For reading; db/migrations make the database.\n']
  for (const { title, sql } of PARTS) {
    const { rows } = await client.query<{ line: string }>(sql)
    if (rows.length > 0) parts.push(`-- ${title}\n\n${rows.map(({ line }) => line.trim()).join(title === 'Tables' || title === 'Views' ? '\n\n' : '\n')}\n`)
  }
  return parts.join('\n')
}
