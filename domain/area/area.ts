import { z } from 'zod'
import { AreaCode, GroupId } from '../base/ids.ts'
import { Text } from '../base/text.ts'

/** From the nation down. A municipal part and a village part occur in TPMAP and BMN only. */
export const AreaLevel = z.enum(['nation', 'province', 'district', 'tambon', 'municipal-part', 'village', 'village-part'])
export type AreaLevel = z.infer<typeof AreaLevel>

/** Bangkok speaks of khet and khwaeng, everyone else of amphoe and tambon. */
export const AreaType = z.enum(['nation', 'changwat', 'bangkok', 'amphoe', 'khet', 'tambon', 'khwaeng', 'municipal-part', 'muban', 'muban-part'])
export type AreaType = z.infer<typeof AreaType>

/** A name without its title: `แม่ริม`, not `อำเภอแม่ริม`. Empty in both languages when no list names the place. */
export const AreaName = Text

/** One administrative area. Areas are never deleted: one that ended has a `validUntil` (the first day on which it is gone). */
export const Area = z.object({
  code: AreaCode,
  level: AreaLevel,
  type: AreaType,
  parentCode: AreaCode.nullable(),
  name: AreaName,
  /** Null: since before our records begin. */
  validFrom: z.iso.date().nullable(),
  validUntil: z.iso.date().nullable(),
  /** WGS84, null where no list gives it. */
  point: z.object({ lat: z.number(), lon: z.number() }).nullable(),
  areaKm2: z.number().nullable(),
  /** False: listed beside the map, because no boundary is known. */
  hasShape: z.boolean(),
})
export type Area = z.infer<typeof Area>

export const AreaChangeKind = z.enum(['created', 'renamed', 'moved', 'split', 'merged', 'ended'])
export type AreaChangeKind = z.infer<typeof AreaChangeKind>

/**
 * One line of the change ledger: from `day` on, `share` of what was `predecessor` is in `successor`.
 * The shares of one predecessor on one day add up to 1. A rename has predecessor = successor.
 */
export const AreaChange = z.object({
  id: z.number().int(),
  kind: AreaChangeKind,
  day: z.iso.date(),
  /** How well the day is known: that day, some time in that year, or some time before it. */
  precision: z.enum(['day', 'year', 'before']),
  predecessor: AreaCode.nullable(),
  successor: AreaCode.nullable(),
  share: z.number().min(0).max(1),
  nameBefore: AreaName.nullable(),
  nameAfter: AreaName.nullable(),
  note: Text.nullable(),
  source: z.string(),
})
export type AreaChange = z.infer<typeof AreaChange>

/** A group of areas in a scheme (NESDC region, a university's tambons): many-to-many, never a level of the code. */
export const AreaGroup = z.object({ id: GroupId, scheme: GroupId, name: Text, members: z.array(AreaCode) })
export type AreaGroup = z.infer<typeof AreaGroup>

/** A hit of the search, with the names above it, nearest first. */
export const AreaHit = Area.extend({ parents: z.array(z.object({ code: AreaCode, type: AreaType, name: AreaName })) })
export type AreaHit = z.infer<typeof AreaHit>

/** An area with what surrounds it. */
export const AreaDetail = AreaHit.extend({
  children: z.array(z.object({ level: AreaLevel, count: z.number().int() })),
  groups: z.array(z.object({ id: GroupId, scheme: GroupId, name: Text })),
  changes: z.array(AreaChange),
  /** Addresses of the TopoJSON of what lies inside, by level (below a province: the province's file); each names its content and may be kept for ever. */
  boundaries: z.array(z.object({ level: AreaLevel, href: z.string() })),
})
export type AreaDetail = z.infer<typeof AreaDetail>

/** What a geometry of a boundary file says of itself. */
export const ShapeProperties = z.object({
  code: AreaCode,
  /** Set on areas that began or ended: draw the shape only for days from `from` on and before `until`. */
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  /** The outline is older than a division: it also covers these areas, which have no shape of their own. */
  covers: z.array(AreaCode).optional(),
})
export type ShapeProperties = z.infer<typeof ShapeProperties>
