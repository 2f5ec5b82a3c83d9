import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { AreaLevel, type AreaDetail, type AreaHit } from '../../domain/area/area.ts'
import { ancestorsOf } from '../../domain/area/rules.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import type { Reader } from '../db/db.ts'
import { PLANNED } from '../db/planned.ts'
import { boundariesOf, hrefOf } from './read.boundary.ts'
import { changesOf, toChange } from './read.ledger.ts'
import { areasByCode, countInside, groupsOf, listByCode, toArea, type AreaRow } from './read.ts'

/** An area with what surrounds it: five questions in one look. */
export async function areaDetail(tx: Reader, row: AreaRow): Promise<AreaDetail> {
  const { code } = row
  const { rows: [around] } = await sql<Around>`select ${PLANNED}
    ${jsonArrayFrom(listByCode(tx, ancestorsOf(code)))} as parents,
    ${jsonArrayFrom(countInside(code))} as children,
    ${jsonArrayFrom(groupsOf(tx, code))} as groups,
    ${jsonArrayFrom(changesOf(tx, code))} as changes,
    ${jsonArrayFrom(boundariesOf(tx, code))} as boundaries`.execute(tx)
  const { parents, children, groups, changes, boundaries } = around as Around
  return {
    ...hitOf(row, new Map(parents.map(parent => [parent.code, parent]))),
    children: children.sort((a, b) => AreaLevel.options.indexOf(a.level) - AreaLevel.options.indexOf(b.level)),
    groups: groups.map(({ id, scheme, name_th, name_en }) => ({ id, scheme, name: { th: name_th, en: name_en } })),
    changes: changes.map(toChange),
    boundaries: boundaries.map(({ area_code, level, version }) => ({ level, href: hrefOf(area_code, level, version) })),
  }
}

/** The rows of a question that is not asked yet. */
type Rows<Q extends (...args: never[]) => { execute(): Promise<unknown[]> }> = Awaited<ReturnType<ReturnType<Q>['execute']>>
type Around = {
  parents: AreaRow[]; children: { level: AreaLevel; count: number }[]; groups: Rows<typeof groupsOf>; changes: Rows<typeof changesOf>; boundaries: Rows<typeof boundariesOf>
}

/** Areas with the names above them, nearest first. */
export async function toHits(tx: Reader, rows: readonly AreaRow[], names?: ReadonlyMap<AreaCode, Text>): Promise<AreaHit[]> {
  const parents = await areasByCode(tx, rows.flatMap(row => ancestorsOf(row.code)))
  return rows.map(row => hitOf(row, parents, names))
}

function hitOf(row: AreaRow, parents: ReadonlyMap<AreaCode, AreaRow>, names?: ReadonlyMap<AreaCode, Text>): AreaHit {
  const named = (row: AreaRow) => { const area = toArea(row); return { ...area, name: names?.get(row.code) ?? area.name } }
  return { ...named(row), parents: ancestorsOf(row.code).flatMap(code => parents.get(code) ?? []).map(named).map(({ code, type, name }) => ({ code, type, name })) }
}
