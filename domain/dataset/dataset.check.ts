import { z } from 'zod'
import { AreaCode, DatasetId } from '../base/ids.ts'
import { Text } from '../base/text.ts'

const Name = z.string().max(300)
export const CheckId = z.string().regex(/^[a-z][a-z0-9-]{1,59}$/, 'letters a to z, digits and hyphens, a letter first')

/**
 * What must hold of a record beyond the rules of its form, written as an XLSForm writes a constraint: `${rai} < 1000`. Of its own it has
 * `figure('registered-population')`, a number of the record's place, and `in-area(${position}, 50)`, whether a point lies in the record's
 * tambon or so many metres beside it; what cannot be known is not judged.
 */
export const Check = z.object({
  id: CheckId,
  /** An error keeps a record from being approved; a warning does not. */
  severity: z.enum(['error', 'warning']),
  /** Name of the repeat whose rows are judged one by one; null: the record as a whole. */
  each: Name.nullable(),
  expression: z.string().trim().min(1).max(2000),
  /** Names of the questions that it points at, the first one first. It is judged once they are answered, `always` even before. */
  about: z.array(Name).min(1).max(20),
  always: z.boolean(),
  /** What is wrong where it does not hold, and what to do. */
  say: Text, remedy: Text,
  /** Switched off, it stays where it is and judges nothing. */
  on: z.boolean(),
})
export type Check = z.infer<typeof Check>

/** From where on a record is flagged as out of the ordinary (domain/check/check.ts). */
export const FlagLimits = z.object({
  /** Modified z-score of an answer. */
  score: z.number().min(1).max(100).default(3.5),
  /** Part of the usual length of an interview. */
  shortest: z.number().min(0).max(1).default(0.25),
  /** Between two records of one collector. */
  kmPerHour: z.number().min(1).max(2000).default(120),
})
export type FlagLimits = z.infer<typeof FlagLimits>

/** The checks of a dataset as its place publishes them, or those that a place below adds for itself. Never changed: the next version is another. */
export const CheckSet = z.object({
  area: AreaCode, dataset: DatasetId, version: z.number().int().min(1),
  checks: z.array(Check).max(300), limits: FlagLimits, publishedAt: z.iso.datetime(),
})
export type CheckSet = z.infer<typeof CheckSet>
