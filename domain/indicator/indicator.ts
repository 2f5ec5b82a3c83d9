import { z } from 'zod'
import { AreaCode, DatasetId, IndicatorId, SourceId } from '../base/ids.ts'
import { Text } from '../base/text.ts'
import { AreaLevel } from '../area/area.ts'

/** A `count` has a numerator only; a `ratio` is shown in percent; a `mean` is a weighted sum over its weights. */
export const IndicatorKind = z.enum(['count', 'ratio', 'mean'])
export type IndicatorKind = z.infer<typeof IndicatorKind>

/** `ratio` for every ratio; otherwise what the value counts or measures. */
export const Unit = z.enum(['ratio', 'persons', 'households', 'houses', 'score-0-10', 'persons-per-household', 'rai', 'tonnes', 'kg-per-rai', 'records', 'places'])
export type Unit = z.infer<typeof Unit>

/** The five dimensions of TPMAP. */
export const Dimension = z.enum(['health', 'living', 'education', 'income', 'access'])
export type Dimension = z.infer<typeof Dimension>

/** What the reader finds the indicator under. */
export const Topic = z.enum(['poverty', 'welfare', 'people', 'basic-needs', 'agriculture', 'community'])
export type Topic = z.infer<typeof Topic>

/** One definition of a number. It is never overwritten: a change of meaning is a new version. */
export const Indicator = z.object({
  id: IndicatorId,
  version: z.string(),
  topic: Topic,
  kind: IndicatorKind,
  unit: Unit,
  name: Text,
  /** A few words for a map title or a column. */
  shortName: Text,
  definition: Text,
  numerator: Text,
  denominator: Text.nullable(),
  /** The questionnaire it belongs to, and its number there. */
  set: z.object({ id: z.literal('bmn2560'), number: z.number().int() }).nullable(),
  dimension: Dimension.nullable(),
  /** Which way is better, where there is one. */
  better: z.enum(['lower', 'higher']).nullable(),
  /** What must be known before comparing or quoting it. */
  caution: Text.nullable(),
})
export type Indicator = z.infer<typeof Indicator>

/** Where numbers came from. */
export const Source = z.object({
  id: SourceId,
  title: Text,
  publisher: Text,
  url: z.string().nullable(),
  /** As the publisher states it; that none is stated is said too. */
  licence: Text,
  /** Registers of another year that went in, e.g. the welfare-card register of B.E. 2560 in TPMAP 2561. */
  registers: z.array(z.object({ name: Text, year: z.number().int() })),
  /** Places that the source did not ask: "no data", not zero. */
  notCovered: z.array(AreaCode),
  /** The lowest level that is public; below it figures are internal until disclosure control exists. Null: nothing of it is public. */
  publicLevel: AreaLevel.nullable(),
  /** Numbers below it, and those that would give them away, are withheld. */
  threshold: z.number().int().optional(),
  /** The dataset whose records it counts. */
  dataset: DatasetId.optional(),
  /** Invented records are among what it counts. */
  demo: z.boolean().optional(),
  note: Text.nullable(),
})
export type Source = z.infer<typeof Source>

/** An indicator with the years and sources that hold figures of it. */
export const IndicatorEntry = Indicator.extend({
  series: z.array(z.object({ source: SourceId, periods: z.array(z.string()), levels: z.array(AreaLevel) })),
})
export type IndicatorEntry = z.infer<typeof IndicatorEntry>
