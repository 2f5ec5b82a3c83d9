import { z } from 'zod'
import { AreaCode, ChangeId, PersonId } from '../base/ids.ts'
import { Text } from '../base/text.ts'

const PRINTABLE = /^[^\0]*$/, MOST_PARTS = 20, MOST_CHILDREN = 300, MOST_CORNERS = 20_000
const Name = z.object({ th: z.string().trim().min(1).max(100).regex(PRINTABLE, 'text without NUL'), en: z.string().trim().max(100).regex(PRINTABLE, 'text without NUL') })

const Position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.number())
const Ring = z.array(Position).min(4).max(MOST_CORNERS)
/** A new outline, as GeoJSON writes a geometry. */
export const Outline = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1).max(100) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Ring).min(1).max(100)).min(1).max(100) }),
])
export type Outline = z.infer<typeof Outline>

/** A part of a place that is split: what lies directly below it and goes there, and which share of the old numbers. It may keep the old code. */
export const Part = z.object({ code: AreaCode, name: Name, share: z.number().min(0).max(1), children: z.array(AreaCode).max(MOST_CHILDREN), outline: Outline.nullable() })
export type Part = z.infer<typeof Part>

/** From which day on it holds, and the law or announcement that it rests on. */
const ABOUT = { day: z.iso.date(), reason: z.string().trim().min(5).max(500).regex(PRINTABLE, 'text without NUL') }

/**
 * What becomes of places, as somebody asks for it. `move`: it gets a code in another place, with all below it. `split`: `heir` is the part
 * where whatever belongs to the whole, and to none of its villages, goes on. `merge`: `code` may be that of one of the places.
 */
export const ChangePlan = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rename'), area: AreaCode, name: Name, ...ABOUT }),
  z.object({ kind: z.literal('move'), area: AreaCode, code: AreaCode, ...ABOUT }),
  z.object({ kind: z.literal('split'), area: AreaCode, parts: z.array(Part).min(2).max(MOST_PARTS), heir: AreaCode, ...ABOUT }),
  z.object({ kind: z.literal('merge'), areas: z.array(AreaCode).min(2).max(MOST_PARTS), code: AreaCode, name: Name, ...ABOUT }),
])
export type ChangePlan = z.infer<typeof ChangePlan>
export type ChangeKind = ChangePlan['kind']

/** So many rows of one kind that went from one place to another (null: that are new there), or that stay at the old code. */
export const Followed = z.object({ what: z.string(), from: AreaCode.nullable(), to: AreaCode, count: z.number().int() })
export type Followed = z.infer<typeof Followed>

const Ground = z.object({ code: AreaCode, name: Text })

/** Everything that follows, as it was tried out: areas, rows by where they go, and what somebody must know. */
export const Preview = z.object({
  begins: z.array(Ground), ends: z.array(Ground),
  moves: z.array(z.object({ from: AreaCode, to: AreaCode, name: Text })),
  rows: z.array(Followed),
  /** Roles that go on by themselves under the new codes, and those that must be given anew. */
  grants: z.object({ follow: z.number().int(), lost: z.number().int() }),
  /** Public numbers of the old codes that stay as they were, to be drawn on the new ones by the ledger. */
  figures: z.number().int(),
  warnings: z.array(Text),
  /** Names what was seen: who does it says that it was this. */
  seen: z.string(),
})
export type Preview = z.infer<typeof Preview>

/** An act on places, done and perhaps taken back. */
export const PlaceChange = z.object({
  id: ChangeId, area: AreaCode, plan: ChangePlan, doneAt: z.iso.datetime(), doneBy: PersonId.nullable(), doneByName: z.string(),
  undone: z.object({ at: z.iso.datetime(), byName: z.string() }).nullable(),
})
export type PlaceChange = z.infer<typeof PlaceChange>

/** With what it did, and what stands against taking it back. */
export const PlaceChangeDetail = PlaceChange.extend({ rows: z.array(Followed), moves: z.array(z.object({ from: AreaCode, to: AreaCode })), hindrances: z.array(Text) })
export type PlaceChangeDetail = z.infer<typeof PlaceChangeDetail>
