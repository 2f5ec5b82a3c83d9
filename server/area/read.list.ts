import { sql } from 'kysely'
import type { AreaLevel } from '../../domain/area/area.ts'
import { rangeOf } from '../../domain/area/rules.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Reader } from '../db/db.ts'
import { PLANNED } from '../db/planned.ts'
import { inGroup, type AreaFilter } from './read.filter.ts'
import { notValidOn, type AreaRow, type Day } from './read.ts'

/** Areas in the order of their codes: the direct children of a parent, or all of a level inside it. */
export function listAreas(db: Reader, filter: AreaFilter, after: string, limit: number): Promise<AreaRow[]> {
  const { parent, level, group, day } = filter
  return db.selectFrom('open.area').modifyFront(PLANNED).selectAll()
    .where('code', '>', after as AreaCode)
    .where('code', 'not in', notValidOn(day))
    .$if(level !== undefined, query => query.where('level', '=', level!))
    .$if(parent !== undefined, query => level === undefined
      ? query.where('parent_code', '=', parent!)
      : query.where('code', '>', parent!).where('code', '<', rangeOf(parent!).to as AreaCode))
    .$if(group !== undefined, query => query.where(inGroup(sql.ref('code'), group!)))
    .orderBy('code').limit(limit).execute()
}

/** Every area of a level inside a place that exists on a day, for rooms that show figures of all of them. */
export function areasOn(db: Reader, within: AreaCode, level: AreaLevel, day: Day): Promise<AreaRow[]> {
  return db.selectFrom('open.area').modifyFront(PLANNED).selectAll()
    .where('level', '=', level).where('code', '>=', within).where('code', '<', rangeOf(within).to as AreaCode)
    .where('code', 'not in', notValidOn(day)).orderBy('code').execute()
}
