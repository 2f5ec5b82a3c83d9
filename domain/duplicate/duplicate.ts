import { z } from 'zod'
import { AreaCode, DatasetId, RecordId } from '../base/ids.ts'
import { Text } from '../base/text.ts'
import { Sensitivity } from '../access/access.ts'
import { RecordState } from '../record/record.ts'

/** What two records were compared by. `member`: somebody of both households has the same citizen’s number. */
export const ReasonKind = z.enum(['name', 'distance', 'type', 'number', 'birth', 'village', 'house', 'member'])
export type ReasonKind = z.infer<typeof ReasonKind>

/** How much one thing speaks for or against it: `weight` in bits; `value`: how alike (0 to 1) of names, metres of distances, years apart of births. */
export const Reason = z.object({ kind: ReasonKind, weight: z.number(), value: z.number().nullable() })
export type Reason = z.infer<typeof Reason>
/** As it is kept: with how closely the answers are kept that it was read from. */
export type KeptReason = Reason & { sensitivity: Sensitivity }

/** `open`: nobody has decided; `different`: somebody said that they are two; `merged`: they are one by now. */
export const PairState = z.enum(['open', 'different', 'merged'])
export type PairState = z.infer<typeof PairState>

/** One of the two, as far as it may be seen. */
export const Side = z.object({ id: RecordId, area: AreaCode, areaName: Text, title: z.string().nullable(), state: RecordState, day: z.iso.date().nullable(), seen: z.number().int() })
export type Side = z.infer<typeof Side>

/** Two records that could be the same thing. */
export const Pair = z.object({
  id: z.uuid(), dataset: DatasetId, area: AreaCode, score: z.number(), state: PairState, reasons: z.array(z.object({ kind: ReasonKind, speaksFor: z.boolean(), say: Text })),
  one: Side, other: Side, saidBy: z.string().nullable(), saidAt: z.iso.datetime().nullable(),
  /** Whether whoever asks may say what they are. */
  mine: z.boolean(),
})
export type Pair = z.infer<typeof Pair>

/** A search over a place, tambon by tambon. `crowded`: of so many records in one group only neighbours by name were compared. */
export const Search = z.object({
  id: z.uuid(), area: AreaCode, areaName: Text, askedAt: z.iso.datetime(), askedBy: z.string().nullable(), total: z.number().int(), done: z.number().int(), records: z.number().int(), found: z.number().int(), crowded: z.number().int(), endedAt: z.iso.datetime().nullable(),
})
export type Search = z.infer<typeof Search>

/** Where an answer goes when one record becomes two. */
export const SPLIT_WAYS = ['both', 'stays', 'goes'] as const
export type SplitWay = typeof SPLIT_WAYS[number]
