import { z } from 'zod'
import { AreaCode, IndicatorId, SourceId } from '../base/ids.ts'
import { Period } from '../base/period.ts'
import { Area } from '../area/area.ts'
import { Unit } from '../indicator/indicator.ts'

/**
 * How a number came about, or why it is not there.
 * `published` as the source gave it · `reported` as the source gave it and did not publish it · `summed` from the level that was imported · `provisional` summed, and not all of it is approved · `estimated` apportioned by the ledger's shares
 * · `not-covered` the source did not ask this place · `not-published` below the level that is public · `suppressed` few or none: which of the two is not told · `missing` nothing arrived.
 */
export const FigureStatus = z.enum(['published', 'reported', 'summed', 'provisional', 'estimated', 'not-covered', 'not-published', 'suppressed', 'missing'])
export type FigureStatus = z.infer<typeof FigureStatus>

/** One number: area × indicator version × period × source. A gap has no numerator and no value, and says why in `status`. */
export const Figure = z.object({
  area: AreaCode,
  period: Period,
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  /** numerator / denominator; the numerator itself for a count. A ratio lies in 0–1. */
  value: z.number().nullable(),
  unit: Unit,
  source: SourceId,
  version: z.string(),
  status: FigureStatus,
  /** Below the level that is public: only who holds a right in the place is shown it. How sure it is stands in `status` all the same. */
  internal: z.boolean(),
})
export type Figure = z.infer<typeof Figure>

/** Places as they were at the end of the period, as they are now, or as on a given day. */
export const AsOf = z.union([z.enum(['then', 'now']), z.iso.date()])
export type AsOf = z.infer<typeof AsOf>

export const FigureKey = z.object({ indicator: IndicatorId, period: Period, source: SourceId, asOf: AsOf })

/** One line of a ranking: ties share a rank, gaps come last without one. */
export const Ranked = Figure.extend({ rank: z.number().int().nullable(), name: Area.shape.name, type: Area.shape.type, parentName: Area.shape.name.nullable() })
export type Ranked = z.infer<typeof Ranked>
