import { sql } from 'kysely'
import { measureBoth, median, p95 } from './measure.ts'
import { inMs, type Result } from './results.ts'
import { mustAsk, type World } from './world.ts'

type Name = { name_th: string; name_en: string; parent_th: string }

/** What people type on the way to a place, cut from real names. */
const KINDS: { kind: string; type: (name: Name) => string }[] = [
  { kind: 'one letter', type: name => name.name_th.slice(0, 1) },
  { kind: 'three letters', type: name => name.name_th.slice(0, 3) },
  { kind: 'a whole Thai name', type: name => name.name_th },
  { kind: 'a whole English name', type: name => name.name_en },
  { kind: 'a name and its district', type: name => `${name.name_th} ${name.parent_th}` },
  { kind: 'a name with a wrong letter', type: name => name.name_th.slice(0, 1) + 'ฆ' + name.name_th.slice(2) },
]
const EACH = 50

/** One key press at a time over all places, beside reading through all names in memory. */
export async function benchSearch({ address, database }: World): Promise<Result[]> {
  const names = await sampleNames(database)
  const all = (await sql<{ names: string }>`select name_th || ' ' || name_en as names from open.area`.execute(database.public)).rows.map(row => row.names)
  const results: Result[] = []
  for (const { kind, type } of KINDS) {
    const typed = names.map(type)
    const urlOf = (run: number) => `${address}/api/areas?q=${encodeURIComponent(typed[run] as string)}&limit=10`
    const { ours, theirs } = await measureBoth(EACH, run => mustAsk(urlOf(run)), run => all.filter(name => name.includes(typed[run] as string)).length)
    results.push({
      task: 'search for a place, whole route', size: `${all.length.toLocaleString('en')} places, ${kind}`,
      ours: `${inMs(median(ours))}, p95 ${inMs(p95(ours))}`, beside: `reading through all names in memory ${inMs(median(theirs))}`,
      budget: '≤ 50 ms (OpenCRVS: > 1 s at 100,000)',
    })
  }
  return results
}

/** The same tambons at every run, from everywhere in the country. */
async function sampleNames(database: World['database']): Promise<Name[]> {
  const { rows } = await sql<Name>`
    select a.name_th, a.name_en, p.name_th as parent_th from open.area a join open.area p on p.code = a.parent_code
    where a.level = 'tambon' and length(a.name_th) >= 3 and length(a.name_en) >= 3
    order by md5(a.code) limit ${EACH}`.execute(database.public)
  return rows
}
