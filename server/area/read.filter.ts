import { sql, type RawBuilder } from 'kysely'
import type { AreaLevel } from '../../domain/area/area.ts'
import { rangeOf } from '../../domain/area/rules.ts'
import type { AreaCode, GroupId } from '../../domain/base/ids.ts'
import { depthOf } from '../../engine/text/terms.ts'
import { notValidOn, type Day } from './read.ts'

export type AreaFilter = { parent?: AreaCode | undefined; level?: AreaLevel | undefined; group?: GroupId | undefined; day: Day }

/** In a group by itself or by an area that holds it. The column must name its table: a bare `area_code` would be the member's. */
export function inGroup(code: RawBuilder<unknown>, group: GroupId): RawBuilder<boolean> {
  return sql<boolean>`exists (select from open.area_group_member member where member.group_id = ${group} and ${code} ^@ member.area_code)`
}

/** The filter as conditions on a row of open.area_term. */
export function passes({ parent, level, group, day }: AreaFilter, code: RawBuilder<unknown> = sql.ref('area_term.area_code'), depth: RawBuilder<unknown> = sql.ref('area_term.depth')): RawBuilder<boolean> {
  const conditions = [sql<boolean>`${code} not in ${notValidOn(day)}`]
  if (parent) conditions.push(sql`${code} > ${parent} and ${code} < ${rangeOf(parent).to}`)
  if (level) conditions.push(sql`${depth} = ${sql.lit(depthOf(level))}`, hasLevel(code, level))
  if (group) conditions.push(inGroup(code, group))
  return sql.join(conditions, sql` and `)
}

/** Tambons and municipal parts lie equally deep; the last two digits tell them apart. */
function hasLevel(code: RawBuilder<unknown>, level: AreaLevel): RawBuilder<boolean> {
  if (level !== 'tambon' && level !== 'municipal-part') return sql`true`
  return sql`(substr(${code}, 7, 2) >= '51') = ${level === 'municipal-part'}`
}
