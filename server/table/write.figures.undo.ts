import { sql } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import { sourceOf } from '../../domain/table/rules.figures.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { inPlaces } from '../db/scope.ts'
import { lockImports } from '../import/write.ts'
import { numbersOf } from './read.figures.stood.ts'
import type { KeptTable } from './read.ts'
import { getSource, type SourceSheet } from './read.subject.ts'
import { layOver } from './write.figures.sum.ts'

const FIRST = 5

/** Puts what the source said before in the place of what a table brought; not once a later one replaced it. Gives how many numbers went. */
export async function undoFigures(tx: Writer, areas: readonly AreaCode[], kept: KeptTable): Promise<number> {
  await lockImports(tx)
  return inPlaces(tx, [NATION], async () => {
    const sheet = await getSource(tx, sourceOf(kept.dataset)!), { numbers, beyond, changed, first } = await compare(tx, areas, kept, sheet)
    if (beyond > 0) throw tableProblems.beyond({})
    if (changed > 0) throw tableProblems.figuresChanged({ figures: changed, first })
    await layOver(tx, sheet, sql`select area_code, period, indicator_id, version, was_numerator, was_denominator from ${numbersOf(kept.id)} order by area_code`, true)
    return numbers
  })
}

type Compared = { numbers: number; /** Of places that are not held. */ beyond: number; /** The source says something else by now. */ changed: number; first: string[] }

async function compare(tx: Writer, areas: readonly AreaCode[], { id }: KeptTable, { source }: SourceSheet): Promise<Compared> {
  const { rows: [row] } = await sql<Compared>`
    select count(*)::int as numbers, (count(*) filter (where not held))::int as beyond, (count(*) filter (where changed))::int as changed,
      coalesce((array_agg(spot order by spot) filter (where changed))[1:${sql.lit(FIRST)}], '{}') as first
    from (
      select ${within('b.area_code', areas)} as held, concat_ws(' ', b.area_code, b.indicator_id, b.period) as spot,
        f.status is distinct from 'published' or f.numerator <> b.numerator or f.denominator is distinct from b.denominator as changed
      from ${numbersOf(id)} left join fact.figure f on f.area_code = b.area_code and f.indicator_id = b.indicator_id and f.period = b.period and f.source_id = ${source.id} and f.version = b.version
        and ${within('f.area_code', [NATION])}) n`.execute(tx)
  return row as Compared
}
