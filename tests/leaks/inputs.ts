import { z } from 'zod'
import type { Route } from '../../domain/base/api.ts'
import { AreaCode, ChangeId, DatasetId, FileId, GrantId, ImportId, IndicatorId, InviteId, PersonId, PhoneId, RecordId, SourceId, TeamId, TokenId } from '../../domain/base/ids.ts'
import { Period } from '../../domain/base/period.ts'
import { PhoneName } from '../../domain/collect/collect.ts'
import { TableImportId } from '../../domain/table/table.ts'
import { idOf, marker, type IdKind } from './canaries.ts'

/** What a route is sent, made from its schemas: every place and id in it is that of the place that is asked for. */

export type Input = { params: Record<string, string>; query: Record<string, string>; body: unknown }
/** `own`: a place that the asker does hold, to be mixed in; `known`: the ids of that place, or ids that nobody has. `turn` goes through closed choices. */
export type Want = { place: AreaCode; own: AreaCode | null; known: boolean; turn: number; all: boolean }

export const UNKNOWN_ID = 'dead0000-0000-4000-8000-000000000000'
const ID_KINDS = new Map<z.ZodType, IdKind>([[PersonId, 'person'], [GrantId, 'grant'], [TeamId, 'team'], [InviteId, 'invite'], [ImportId, 'import'], [FileId, 'file'], [TokenId, 'token'], [RecordId, 'record'], [PhoneId, 'phone'], [TableImportId, 'record'], [ChangeId, 'record']])
const FIXED = new Map<z.ZodType, string>([[IndicatorId, 'target-poor'], [SourceId, 'tpmap-2561'], [Period, '2018'], [DatasetId, 'attraction'], [PhoneName, 'my telephone']])
/** Text without a schema of its own is tried in this order. */
const TEXTS = (want: Want) => [marker(want.place, 'person'), `${marker(want.place, 'own')}@example.org`, want.place, '2026-01-01', '/desk', 'x'.repeat(24), 'abc', '1', 'now']
/** Where the name of a field says more than its schema. */
const BY_NAME: Record<string, (want: Want) => unknown> = {
  spots: want => want.known ? idOf(want.place, 'record') : UNKNOWN_ID,
  pair: want => want.known ? idOf(want.place, 'record') : UNKNOWN_ID,
  instanceId: want => `uuid:${want.known ? idOf(want.place, 'record') : UNKNOWN_ID}`, oldest: () => null,
  seen: () => 'x'.repeat(64), areas: want => [want.place, want.own ?? want.place].join(','), after: () => undefined, source: () => undefined, year: () => undefined,
  purpose: () => 'to see who sees it', reason: () => 'to see who sees it', number: () => '1101700230708', name: want => marker(want.place, 'record'), only: () => undefined, seenAt: () => undefined, ifChangedAt: () => undefined, preview: () => false, row: () => null,
  start: want => (want.known ? idOf(want.place, 'record') : UNKNOWN_ID).replaceAll('-', '').slice(0, 16), datasets: () => 'attraction', type: () => undefined, box: () => '97,5,106,21',
  from: () => '2026-01-01', until: () => '2026-06-01', password: () => 'a wrong password 123', current: () => 'a wrong password 123', lang: () => 'en', q: want => marker(want.place, 'person'), target: want => marker(want.place, 'audit'), action: () => 'person.see', limit: () => 1000, version: () => 'any', period: () => '2018',
}

type Def = { type: string; innerType?: z.ZodType; element?: z.ZodType; options?: z.ZodType[]; entries?: Record<string, string>; values?: unknown[]; shape?: Record<string, z.ZodType>; in?: z.ZodType; out?: z.ZodType }
const defOf = (schema: z.ZodType) => schema._zod.def as unknown as Def

export function makeInput(route: Route, want: Want): Input {
  const part = (schema: z.ZodType | undefined) => schema ? make(schema, want, '') : undefined
  return { params: texts(part(route.params)), query: texts(part(route.query)), body: part(route.body) }
}

function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, one]) => one !== undefined && one !== null).map(([name, one]) => [name, String(one)]))
}

/** Whether what a route is sent depends on a place: only then is it asked once for each. */
export function asksForPlace(route: Route): boolean {
  const here = { own: null, known: true, turn: 0, all: true }
  return JSON.stringify(makeInput(route, { ...here, place: AreaCode.parse('TH58') })) !== JSON.stringify(makeInput(route, { ...here, place: AreaCode.parse('TH50') }))
}

function make(schema: z.ZodType, want: Want, name: string): unknown {
  const id = ID_KINDS.get(schema)
  if (id) return want.known ? idOf(want.place, id) : UNKNOWN_ID
  if (schema === AreaCode) return want.place
  const fixed = FIXED.get(schema)
  if (fixed !== undefined) return fixed
  const def = defOf(schema)
  switch (def.type) {
    case 'optional': case 'default': case 'prefault': return want.all ? make(def.innerType as z.ZodType, want, name) : undefined
    case 'nullable': if (name === 'outline') return null // falls through
    case 'readonly': case 'catch': case 'nonoptional': return make(def.innerType as z.ZodType, want, name)
    case 'object': return Object.fromEntries(Object.entries(def.shape ?? {}).map(([key, inner]) => [key, make(inner, want, key)]))
    case 'array': return [...new Set([make(def.element as z.ZodType, want, name), ...def.element === AreaCode && want.own ? [want.own] : []])]
    case 'union': return make(choose(def.options ?? [], want), want, name)
    // records in whatever state are looked for
    case 'enum': return name === 'state' ? undefined : choose(Object.values(def.entries ?? {}), want)
    case 'literal': return def.values?.[0]
    case 'boolean': return name in BY_NAME ? BY_NAME[name]?.(want) : true
    case 'null': return null
    case 'record': return {}
    case 'pipe': return make(def.in as z.ZodType, want, name)
    case 'number': case 'string': return fits(schema, want, name)
    default: throw new Error(`no input is known for a ${def.type} (“${name}”): say in tests/leaks/inputs.ts how to make one`)
  }
}

function fits(schema: z.ZodType, want: Want, name: string): unknown {
  if (name in BY_NAME) return BY_NAME[name]?.(want)
  const tries = defOf(schema).type === 'number' ? [50, 10, 1, 0, 320] : [want.known ? idOf(want.place, 'session') : UNKNOWN_ID, ...TEXTS(want)].slice(isUuid(schema) ? 0 : 1)
  const found = tries.find(value => schema.safeParse(value).success)
  if (found === undefined) throw new Error(`no input fits “${name}”: say in tests/leaks/inputs.ts how to make one`)
  return found
}

function isUuid(schema: z.ZodType): boolean {
  return !schema.safeParse('abc-not-an-id').success && schema.safeParse(UNKNOWN_ID).success
}

function choose<T>(options: readonly T[], { turn }: Want): T {
  return options[turn % options.length] as T
}
