/** What is asked of the catalogue of a migrated database; any client with `query` will do. */
export type Catalogue = { query(sql: string): Promise<{ rows: { found: string }[] }> }

const OURS = "('raw', 'core', 'fact', 'open', 'audit')"

/** Foreign keys whose columns no index begins with: deleting or joining from the other side would read the whole table. */
export async function listUnindexedKeys(db: Catalogue): Promise<string[]> {
  return list(db, `
    select con.conrelid::regclass || ' ' || con.conname as found
    from pg_constraint con
    join pg_namespace n on n.oid = con.connamespace and n.nspname in ${OURS}
    where con.contype = 'f' and not exists (
      select from pg_index i
      where i.indrelid = con.conrelid and i.indpred is null
        -- the first columns of the index, in whatever order, are those of the key
        and (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(con.conkey)] @> con.conkey
    )`)
}

/** Spread by the instance that arrived, since where it belongs is known only once it is read: their keys hold the instance. */
const BY_INSTANCE = ['submission', 'attachment', 'waiting']

/** Unique keys of a table of places that leave out the place (what arrived: the instance): such a table could not be distributed by it. */
export async function listKeysWithoutPlace(db: Catalogue): Promise<string[]> {
  return list(db, `
    select i.indrelid::regclass || ' ' || i.indexrelid::regclass as found
    from pg_index i
    join pg_class t on t.oid = i.indrelid
    join pg_namespace n on n.oid = t.relnamespace and n.nspname in ${OURS}
    join pg_attribute place on place.attrelid = i.indrelid and place.attname = 'area_code'
    join pg_attribute a on a.attrelid = i.indrelid and a.attname = case when n.nspname = 'raw' and t.relname = any ('{${BY_INSTANCE.join(',')}}') then 'instance_id' else 'area_code' end
    where i.indisunique and not a.attnum = any (string_to_array(i.indkey::text, ' ')::int2[])`)
}

/** Columns of area codes in another collation than "C": a range of codes would not be a subtree. */
export async function listWrongCollations(db: Catalogue): Promise<string[]> {
  return list(db, `
    select a.attrelid::regclass || '.' || a.attname as found
    from pg_attribute a
    join pg_class t on t.oid = a.attrelid and t.relkind in ('r', 'p')
    join pg_namespace n on n.oid = t.relnamespace and n.nspname in ${OURS}
    join pg_collation c on c.oid = a.attcollation
    where a.attnum > 0 and c.collname <> 'C'
      and (a.attname in ('area_code', 'parent_code', 'predecessor', 'successor') or (t.relname = 'area' and a.attname = 'code'))`)
}

async function list(db: Catalogue, sql: string): Promise<string[]> {
  return (await db.query(`${sql} order by 1`)).rows.map(row => row.found)
}
