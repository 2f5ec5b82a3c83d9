import { z } from 'zod'
import { RecordId } from '../base/ids.ts'
import { Text } from '../base/text.ts'
import { FieldReason, RecordState } from '../record/record.ts'

/** What a person does to a record that is there, beside changing its answers. */
export const ReviewAct = z.enum(['return', 'approve', 'verify', 'lock', 'reopen', 'reject', 'withdraw'])
export type ReviewAct = z.infer<typeof ReviewAct>

/** Why an act was not done to one of the records. */
export const Refused = z.object({ id: RecordId, code: z.string(), say: Text })
export type Refused = z.infer<typeof Refused>

/** What became of an act: with `all`, nothing where one is refused. `batch` takes it back; null: nothing was done. */
export const Outcome = z.object({ done: z.number().int(), batch: z.uuid().nullable(), refused: z.array(Refused) })
export type Outcome = z.infer<typeof Outcome>

/** Records as the next reviewer finds them. */
export const StateCounts = z.partialRecord(RecordState, z.number().int())

/** A record as it stands for whoever looks: what they may do to it, and what it was last returned for. `seen`: how many acts it has, to be sent along with the next one. */
export const Standing = z.object({
  state: RecordState, seen: z.number().int(), may: z.array(ReviewAct), /** Faults that keep it from being approved. */ errors: z.number().int(),
  returned: z.object({ reason: z.string().nullable(), fields: z.array(FieldReason) }).nullable(),
  /** Visits that came while it was locked and that nobody has decided on; `at` is that of their act in the history. */
  held: z.array(z.object({ instance: z.string(), at: z.iso.datetime() })),
  /** Whether I may take them in or set them aside now. */
  maySettle: z.boolean(),
})
export type Standing = z.infer<typeof Standing>
