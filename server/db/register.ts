import { randomUUID } from 'node:crypto'
import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { commonOf } from '../../domain/area/rules.ts'
import type { Sensitivity } from '../../domain/access/access.ts'
import type { ExportKind } from '../../domain/audit/audit.export.ts'
import type { Action } from '../../domain/audit/rules.actions.ts'
import type { Reader, Writer } from './db.ts'
import { note } from './note.ts'
import type { Witness } from './scope.ts'

/** How many records of each place a file holds; what lies below a tambon counts there. */
export type Held = readonly { area: AreaCode; records: number }[]
/** A file that leaves: `records` of datasets, one `person`'s data, a `package` of all that a place has, or a list of `people` who collect. */
export type Leaving = {
  what: ExportKind; /** The line that stands in the audit. */ action: Action; areas: readonly AreaCode[]
  /** `csv`, `xlsx`, `zip`, … */
  format: string; datasets: readonly DatasetId[]; filter?: object; sensitivities: readonly Sensitivity[]; held: Held; purpose: string | null; target?: string | null
}

const entered = new WeakSet<Reader | Writer | Witness>()

/**
 * Enters a file of records, or of somebody's data, in the register of exports and the audit, in the transaction that makes it: every such file
 * passes here, whether the site, a program or the command line made it. Words that were searched for are no part of the entry.
 */
export async function noteExport(tx: Writer | Witness, { what, action, areas, format, datasets, filter = {}, sensitivities, held, purpose, target }: Leaving): Promise<void> {
  const id = randomUUID(), area = commonOf(areas), places = held.filter(({ records }) => records > 0)
  await sql`insert into audit.export (area_code, id, actor, actor_name, kind, what, format, datasets, filter, sensitivities, records, purpose)
    select ${area}, ${id}::uuid, me.id, (select name from access.person p where p.id = me.id limit 1), current_setting('rakkaeo.kind'), ${what}, ${format}, ${[...datasets]}::text[],
      ${JSON.stringify(withoutWords(filter))}::jsonb, ${[...sensitivities]}::text[], ${places.reduce((sum, { records }) => sum + records, 0)}, ${purpose}
    from (select nullif(current_setting('rakkaeo.person'), '')::uuid as id) me`.execute(tx)
  if (places.length > 0) {
    await sql`insert into audit.export_place (area_code, export_id, records) select g.area, ${id}::uuid, sum(g.records)
      from unnest(${places.map(place => place.area.slice(0, TAMBON))}::text[], ${places.map(({ records }) => records)}::int[]) as g (area, records) group by 1`.execute(tx)
  }
  await note(tx, { action, area, target: target ?? [...datasets, format].join(' '), reason: purpose })
  entered.add(tx)
}

/** The places of records, counted as a file holds them. `from`: rows with an area code, under the name r. */
export async function countPlaces(tx: Reader | Witness, from: RawBuilder<unknown>): Promise<Held> {
  const { rows } = await sql<{ area: AreaCode; records: number }>`select left(r.area_code, ${sql.lit(TAMBON)}) as area, count(*)::int as records from ${from} group by 1`.execute(tx as Reader)
  return rows
}

/** Whether the file of this transaction was entered. */
export function wasEntered(tx: Reader | Writer | Witness): boolean {
  return entered.has(tx)
}

const TAMBON = 8

/** Choices from a list, days and places stand in the entry; of anything else, which could be somebody's name or id, that it was asked for. */
const TOLD: readonly string[] = ['area', 'dataset', 'datasets', 'state', 'only', 'from', 'until']
function withoutWords(filter: object): object {
  return Object.fromEntries(Object.entries(filter).flatMap(([key, value]) => value === undefined || key === 'purpose' ? [] : [[key, TOLD.includes(key) ? value : true]]))
}
