import { sql, type Selectable } from 'kysely'
import { AreaLevel, type Area } from '../../domain/area/area.ts'
import { ancestorsOf, rangeOf } from '../../domain/area/rules.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Reader } from '../db/db.ts'
import { PLANNED } from '../db/planned.ts'
import type { Tables } from '../db/tables.ts'
import { TODAY } from '../db/today.ts'

export type AreaRow = Selectable<Tables['open.area']>
/** A day, today, or areas of all times. */
export type Day = string | 'today' | 'all'

export function toArea(row: AreaRow): Area {
  return {
    code: row.code, level: row.level, type: row.type, parentCode: row.parent_code, name: { th: row.name_th, en: row.name_en },
    validFrom: row.valid_from, validUntil: row.valid_until,
    point: row.lat === null || row.lon === null ? null : { lat: row.lat, lon: row.lon }, areaKm2: row.area_km2, hasShape: row.has_shape,
  }
}

export function findArea(db: Reader, code: AreaCode): Promise<AreaRow | undefined> {
  return db.selectFrom('open.area').modifyFront(PLANNED).selectAll().where('code', '=', code).executeTakeFirst()
}

export async function areasByCode(db: Reader, codes: readonly AreaCode[]): Promise<Map<AreaCode, AreaRow>> {
  const rows = codes.length ? await listByCode(db, codes).execute() : []
  return new Map(rows.map(row => [row.code, row]))
}

export function listByCode(db: Reader, codes: readonly AreaCode[]) {
  return db.selectFrom('open.area').modifyFront(PLANNED).selectAll().where('code', '=', sql<AreaCode>`any(${[...new Set(codes)]})`)
}

/** The areas that do not exist on a day: few, so that "exists" is asked as "is not one of these". */
export function notValidOn(day: Day) {
  const on = day === 'today' ? TODAY : sql`${day}::date`
  return day === 'all'
    ? sql<AreaCode>`(select code from open.area where false)`
    : sql<AreaCode>`(select code from open.area where valid_until <= ${on} union all select code from open.area where valid_from > ${on})`
}

/** How many areas of each level lie inside one, today: counted in the index level by level, less those that ended or are yet to begin. */
export function countInside(code: AreaCode) {
  const inside = sql`code > ${code} and code < ${rangeOf(code).to}`
  return sql<{ level: AreaLevel; count: number }>`(
    select level, listed - coalesce(gone, 0) as count
    from unnest(${AreaLevel.options}::text[]) as every (level)
    cross join lateral (select count(*) as listed from open.area where area.level = every.level and ${inside}) as listed
    left join (select level, count(*) as gone from open.area where ${inside} and code in ${notValidOn('today')} group by level) as gone using (level)
    where listed > coalesce(gone, 0))`
}

/** The groups that an area is in, by itself or by an area that holds it. */
export function groupsOf(db: Reader, code: AreaCode) {
  return db.selectFrom('open.area_group_member as member')
    .innerJoin('open.area_group as group', 'group.id', 'member.group_id')
    .select(['group.id', 'group.scheme', 'group.name_th', 'group.name_en'])
    .where('member.area_code', 'in', [code, ...ancestorsOf(code)])
    .orderBy('group.id')
}
