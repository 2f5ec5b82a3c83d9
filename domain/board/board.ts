import { z } from 'zod'
import { AreaCode, DatasetId, RecordId, RoundId, TeamId } from '../base/ids.ts'
import { Text } from '../base/text.ts'
import { RoundEntry } from '../round/round.ts'

/** What the rows of a board are: places of a level, datasets, universities' teams, or the people who collect. */
export const BoardBy = z.enum(['province', 'district', 'tambon', 'village', 'dataset', 'team', 'person'])
export type BoardBy = z.infer<typeof BoardBy>

/** Records that stand (neither rejected nor withdrawn), by how far they have come. */
export const Numbers = z.object({
  /** All of them. */
  arrived: z.number().int(), /** To review. */ received: z.number().int(), returned: z.number().int(),
  /** Approved, verified or locked. */
  approved: z.number().int(), locked: z.number().int(), /** With something to look at. */ faults: z.number().int(),
  /** When the last one came or was changed. */
  last: z.iso.datetime().nullable(),
})
export type Numbers = z.infer<typeof Numbers>

/** How many records there should be, and who says so: never a guess. `targets`: the sum of what was set for `of` places inside. */
export const Expected = z.object({ count: z.number().int(), from: z.enum(['target', 'targets', 'round', 'register']), of: z.number().int().nullable(), say: Text })
export type Expected = z.infer<typeof Expected>

/** Why somebody should look there first; null: nothing calls for it. */
export const Attention = z.enum(['never', 'silent', 'waiting', 'returned'])
export type Attention = z.infer<typeof Attention>

export const BoardRow = z.object({
  key: z.string(), name: Text, /** The place, where the row is one or lies in one. */ area: AreaCode.nullable(), dataset: DatasetId.nullable(),
  numbers: Numbers, expected: Expected.nullable(), attention: Attention.nullable(),
})
export type BoardRow = z.infer<typeof BoardRow>

export const Board = z.object({
  area: AreaCode, areaName: Text, by: BoardBy, /** What its rows may be instead. */ ways: z.array(BoardBy), dataset: DatasetId.nullable(), round: RoundEntry.nullable(),
  rows: z.array(BoardRow), total: BoardRow, /** The day of Thailand on which it was read. */ day: z.iso.date(),
})
export type Board = z.infer<typeof Board>

/** What locking or opening a round came to; `remaining` could not be, by reason: the first few of each by their ids. */
export const RoundOutcome = z.object({
  done: z.number().int(), remaining: z.number().int(), reasons: z.array(z.object({ code: z.string(), say: Text, count: z.number().int(), ids: z.array(RecordId) })),
})
export type RoundOutcome = z.infer<typeof RoundOutcome>

/** One board: of a place, of one dataset or all, in one round or ever. */
export const BoardQuery = z.object({
  area: AreaCode.optional(), dataset: DatasetId.optional(), round: RoundId.optional(), /** Only what lies in the places of a team. */ team: TeamId.optional(), by: BoardBy.optional(), sort: z.enum(['attention', 'name']).default('attention'),
})
export type BoardQuery = z.infer<typeof BoardQuery>
