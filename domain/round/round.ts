import { z } from 'zod'
import { AreaCode, DatasetId, RoundId } from '../base/ids.ts'
import { Text } from '../base/text.ts'

/** When a dataset is collected, from a day to a day, both of them in it. Whoever runs it is the nation or a province; it holds for all below. */
export const Round = z.object({ id: RoundId, dataset: DatasetId, area: AreaCode, name: Text, from: z.iso.date(), until: z.iso.date() })
export type Round = z.infer<typeof Round>

/** That its records were locked in a place; `remaining`: those that could not be. Opened again: by whom and why. */
export const RoundLock = z.object({
  area: AreaCode, at: z.iso.datetime(), byName: z.string(), records: z.number().int(), remaining: z.number().int(),
  opened: z.object({ at: z.iso.datetime(), byName: z.string(), reason: z.string() }).nullable(),
})
export type RoundLock = z.infer<typeof RoundLock>

/** With what was locked of it where one may know, the latest first. */
export const RoundEntry = Round.extend({ locks: z.array(RoundLock) })
export type RoundEntry = z.infer<typeof RoundEntry>
