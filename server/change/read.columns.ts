import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, ChangeId } from '../../domain/base/ids.ts'
import { outermost } from '../../domain/area/rules.ts'
import { FOLLOWS } from '../../domain/change/rules.tables.ts'

/** The act under whose name rows are changed, and the places that it touches: as they were, and as they are. */
export type Act = { area: AreaCode; id: ChangeId; olds: AreaCode[]; news: AreaCode[] }

const PROVINCE = 4

export type Column = { name: string; table: RawBuilder<unknown>; column: string; keys: readonly string[] }

export function columnOf(name: string): Column {
  const [schema, table, column] = name.split('.') as [string, string, string], follows = FOLLOWS[name]
  return { name, table: sql.table(`${schema}.${table}`), column, keys: follows && 'key' in follows ? follows.key : [] }
}

/** Where rows of a column can lie: in the places of the act; what was filled in with a place's form also where it went since, in its province. */
export const placesOfColumn = (name: string, { olds, news }: Act): AreaCode[] => outermost([...olds, ...news].map(code => name.endsWith('.form_area') ? code.slice(0, PROVINCE) as AreaCode : code))

export const columnsThat = (...hows: string[]): string[] => Object.keys(FOLLOWS).filter(name => hows.includes(FOLLOWS[name]?.how as string))

/** What finds a row again, apart from its place. */
export const keyOf = (keys: readonly string[], of: string) => sql`jsonb_build_object(${sql.join(keys.flatMap(key => [sql.lit(key), sql.ref(`${of}.${key}`)]))})`
