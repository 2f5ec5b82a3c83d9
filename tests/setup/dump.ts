import type pg from 'pg'

/** What an act of its own kind leaves behind on purpose: its trace in the audit, itself, and the acts that tell each record of it. */
const OWN = ['audit.line', 'core.area_act', 'core.area_act_row']
const LEFT_OUT: Record<string, string> = { 'raw.act': `t.kind <> 'recode'` }
const COLUMNS_LEFT_OUT: Record<string, string> = { 'core.record': 'acts' }

/** Every row of every table with the code of a place, and of areas and series: those of one province as text in order, all others as how many they are and the sum of their hashes. */
export async function dumpPlaces(owner: pg.Client, province = 'TH58'): Promise<Record<string, string[]>> {
  const { rows } = await owner.query<{ name: string; code: string }>(`
    select n.nspname || '.' || quote_ident(c.relname) as name, max(a.attname) as code from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    where c.relkind in ('r', 'p') and n.nspname in ('access', 'core', 'dataset', 'fact', 'open', 'raw', 'team') and (a.attname = 'area_code' or a.attname = 'code' and c.relname = 'area' or a.attname = 'indicator_id' and c.relname = 'series') group by 1 order by 1`)
  const dump: Record<string, string[]> = {}
  for (const { name, code } of rows) {
    if (OWN.includes(name)) continue
    const which = LEFT_OUT[name] ?? 'true', inside = code === 'indicator_id' ? 'true' : `t.${code} >= '${province}' and t.${code} < '${province}~'`
    const { rows: [all] } = await owner.query<{ lines: string[] | null }>(`select array_agg(md5(line) || left(line, 300) order by line) as lines from (select (to_jsonb(t) - $1::text)::text as line from ${name} t where ${which} and ${inside}) l`, [COLUMNS_LEFT_OUT[name] ?? ''])
    const { rows: [others] } = await owner.query<{ sum: string }>(`select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as sum from ${name} t where ${which} and not (${inside})`)
    dump[name] = [...all?.lines ?? [], others?.sum ?? '']
  }
  return dump
}
