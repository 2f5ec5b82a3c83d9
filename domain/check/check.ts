import { z } from 'zod'
import { AreaCode, DatasetId, RecordId } from '../base/ids.ts'
import { Text } from '../base/text.ts'

/**
 * Why somebody should look at a record although every rule holds. `outlier`: an answer far from what is usual; `short`: an interview much
 * shorter than is usual; `overlap`: its collector was at another at the same time; `far`: the collector cannot have travelled so fast.
 */
export const FlagKind = z.enum(['outlier', 'short', 'overlap', 'far'])
export type FlagKind = z.infer<typeof FlagKind>

/** The numbers that gave the reason. `n`: of how many; `area`: the place that was compared with; `other`: the record before. */
export const FlagReason = z.object({
  value: z.number().optional(), score: z.number().optional(), median: z.number().optional(), n: z.number().int().optional(), area: AreaCode.optional(),
  minutes: z.number().optional(), km: z.number().optional(), kmPerHour: z.number().optional(), other: RecordId.optional(),
})
export type FlagReason = z.infer<typeof FlagReason>

export const Flag = z.object({
  kind: FlagKind, /** The question's key; empty: the record as a whole. */ key: z.string(), say: Text, reason: FlagReason, foundAt: z.iso.datetime(),
  /** Somebody looked at it and found it right. */
  aside: z.object({ at: z.iso.datetime(), byName: z.string(), why: z.string() }).nullable(),
})
export type Flag = z.infer<typeof Flag>

export const QualityPart = z.enum(['completeness', 'timeliness', 'consistency', 'plausibility', 'approval'])
export type QualityPart = z.infer<typeof QualityPart>

/** How good the records of a place and dataset are, each part a share from 0 to 1; null: it cannot be judged. */
export const Quality = z.object({
  area: AreaCode, dataset: DatasetId, datasetName: Text, records: z.number().int(),
  parts: z.object({ completeness: z.number().nullable(), timeliness: z.number().nullable(), consistency: z.number().nullable(), plausibility: z.number().nullable(), approval: z.number().nullable() }),
  total: z.number().nullable(), countedAt: z.iso.datetime(),
})
export type Quality = z.infer<typeof Quality>
