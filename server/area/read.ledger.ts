import { sql, type Selectable } from 'kysely'
import type { AreaChange } from '../../domain/area/area.ts'
import { rangeOf } from '../../domain/area/rules.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import type { Reader } from '../db/db.ts'
import type { Tables } from '../db/tables.ts'

type ChangeRow = Selectable<Tables['open.area_change']>

export function toChange(row: ChangeRow): AreaChange {
  return {
    id: row.id, kind: row.kind, day: row.day, precision: row.precision, predecessor: row.predecessor, successor: row.successor, share: row.share,
    nameBefore: toText(row.name_before_th, row.name_before_en), nameAfter: toText(row.name_after_th, row.name_after_en),
    note: toText(row.note_th, row.note_en), source: row.source,
  }
}

function toText(th: string | null, en: string | null): Text | null {
  return th === null && en === null ? null : { th: th ?? '', en: en ?? '' }
}

/** The ledger in the order it was written, of a place and all inside it, as far as it is predecessor or successor. */
export async function listChanges(db: Reader, within: AreaCode | undefined, after: number, limit: number): Promise<AreaChange[]> {
  const rows = await db.selectFrom('open.area_change').selectAll()
    .where('id', '>', after)
    .$if(within !== undefined, query => query.where(({ or, and, eb }) => {
      const { from, to } = rangeOf(within!)
      return or([
        and([eb('predecessor', '>=', from as AreaCode), eb('predecessor', '<', to as AreaCode)]),
        and([eb('successor', '>=', from as AreaCode), eb('successor', '<', to as AreaCode)]),
      ])
    }))
    .orderBy('id').limit(limit).execute()
  return rows.map(toChange)
}

/** Under which code a place goes on that has another one, as it was written down here: whoever was away may still use the old one. Of one that was divided and ended the heir, which the act writes down first. */
export async function listMoved(db: Reader): Promise<Moved> {
  const rows = await db.selectFrom('open.area_change').where('kind', 'in', ['moved', 'merged', 'split']).where('made_at', 'is not', null).select(['kind', 'predecessor', 'successor']).orderBy('id').execute()
  const goesOn = new Set(rows.flatMap(({ predecessor, successor }) => predecessor === successor ? [predecessor] : [])), moved = new Map<AreaCode, AreaCode>(), divided = new Set<AreaCode>()
  for (const { kind, predecessor, successor } of rows) {
    if (!predecessor || !successor || predecessor === successor || kind === 'split' && (goesOn.has(predecessor) || divided.has(predecessor))) continue
    moved.set(predecessor, successor)
    if (kind === 'split') divided.add(predecessor)
  }
  return { moved, divided }
}

export type Moved = { moved: Map<AreaCode, AreaCode>; /** Those of them that are not whole there. */ divided: Set<AreaCode> }

/** The whole ledger, for drawing figures as places were: a few lines a year. */
export async function allChanges(db: Reader): Promise<AreaChange[]> {
  return (await db.selectFrom('open.area_change').selectAll().orderBy('day').orderBy('id').execute()).map(toChange)
}

/** What happened to a place: its own lines, and those of its children that came from or went to another place. */
export function changesOf(db: Reader, code: AreaCode) {
  const own = sql<boolean>`${code} in (predecessor, successor)`
  const parents = sql`left(predecessor, -2), left(successor, -2)`
  const crossing = sql<boolean>`${code} in (${parents}) and left(predecessor, -2) <> left(successor, -2)`
  return db.selectFrom('open.area_change').selectAll().where(({ or }) => or([own, crossing])).orderBy('day').orderBy('id')
}

/** Names that areas had on a day and no longer have: the name before the first renaming after that day. */
export async function namesOn(db: Reader, day: string): Promise<Map<AreaCode, Text>> {
  const rows = await db.selectFrom('open.area_change').selectAll()
    .where('kind', '=', 'renamed').where('day', '>', day).where('predecessor', 'is not', null)
    .orderBy('day', 'desc').orderBy('id', 'desc').execute()
  return new Map(rows.map(row => [row.predecessor!, toText(row.name_before_th, row.name_before_en)!]))
}
