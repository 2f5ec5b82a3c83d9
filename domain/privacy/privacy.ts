import { z } from 'zod'
import { AreaCode, DatasetId, PersonId, RecordId } from '../base/ids.ts'
import { Text } from '../base/text.ts'
import { DatasetUnit } from '../dataset/dataset.ts'
import { Question } from '../dataset/dataset.form.ts'
import { Answer, RecordState, Withheld } from '../record/record.ts'

/** Where a person stands: a record, or a row of one of its repeats. */
export type Spot = { record: RecordId; repeat: string | null; row: number | null }
/** A spot as a page carries it: `id`, or `id~repeat~row`. */
export const SpotText = z.string().max(300).regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(~\/[^~,\0]{1,200}~[1-9]\d{0,5})?$/, 'a spot of the search')
export const MOST_SPOTS = 50

/** Somebody who was found, as far as they must be known to be told from others. */
export const FoundSpot = z.object({
  spot: SpotText, record: RecordId, dataset: DatasetId, datasetName: Text, unit: DatasetUnit, area: AreaCode, areaName: Text, state: RecordState, day: z.iso.date().nullable(),
  /** As it was written there; null: it has no name. */
  name: z.string().nullable(), title: z.string().nullable(), /** How many others stand in the same record. */ others: z.number().int(),
})
export type FoundSpot = z.infer<typeof FoundSpot>

/** An answer with its question, as one reads it. */
export const Said = z.object({ key: z.string(), row: z.number().int().nullable(), label: Text, asked: Question.pick({ type: true, choices: true, unit: true }), answer: Answer })
export type Said = z.infer<typeof Said>

/** What is held at one spot: the answers that are for whoever asks, files, what was done to the record, and who looked at it. */
export const Holding = FoundSpot.extend({
  said: z.array(Said), files: z.array(z.string()), acts: z.array(z.object({ at: z.iso.datetime(), kind: z.string(), byName: z.string().nullable() })),
  looks: z.array(z.object({ at: z.iso.datetime(), say: Text })), /** Pairs that could be the same, with this record. */ pairs: z.number().int(), withheld: z.array(Withheld),
})
export type Holding = z.infer<typeof Holding>

/** What erasing takes out of one record. Answers by their questions, never by what they say. */
export const Goes = z.object({
  record: RecordId, dataset: DatasetId, datasetName: Text, area: AreaCode, areaName: Text, /** All that it says. */ whole: z.boolean(),
  rows: z.number().int(), questions: z.array(Text), visits: z.number().int(), files: z.number().int(), /** It goes along because it was merged with another. */ along: z.boolean(),
})
export type Goes = z.infer<typeof Goes>

/** Why: somebody asked, the time has passed, or the consent was withdrawn. */
export const EraseCause = z.enum(['request', 'retention', 'consent'])
export type EraseCause = z.infer<typeof EraseCause>

/** An erasure that was done, of which nothing is left but this. */
export const Erasure = z.object({
  id: z.uuid(), at: z.iso.datetime(), byName: z.string().nullable(), cause: EraseCause, request: z.string().nullable(), reason: z.string(),
  records: z.number().int(), area: AreaCode, areaName: Text, datasets: z.array(DatasetId),
})
export type Erasure = z.infer<typeof Erasure>

const Hash = z.string().regex(/^[\w+/]{43}=$/, 'a hash in base64')
/**
 * An erasure as the list beside the keys keeps it, so that it is done again after a backup from before it was restored. Whom it was about stands
 * there as hashes under the keys alone, by which somebody is known again who is in the backup, and told by nobody.
 */
export const ListedErasure = z.object({
  id: z.uuid(), at: z.iso.datetime(), by: z.object({ id: PersonId, name: z.string() }), cause: EraseCause, request: z.string().nullable(), reason: z.string(),
  records: z.array(z.object({ record: RecordId, whole: z.boolean() })), spots: z.array(SpotText), names: z.array(Hash), numbers: z.array(Hash),
  /** Further words were given, which are not kept: what they told stands in the backup still. */ words: z.boolean(),
})
export type ListedErasure = z.infer<typeof ListedErasure>

/** What became of the list after a restore: how many erasures were done again, and which records somebody must look at. */
export type ErasedAgain = { again: number; byHand: RecordId[] }

/** A record that tells of somebody and whose time has passed, or whose last visit did not agree: proposed, and never erased by itself. */
export const Proposal = z.object({
  record: RecordId, dataset: DatasetId, datasetName: Text, area: AreaCode, areaName: Text, kind: z.enum(['retention', 'consent']),
  lastDay: z.iso.date(), /** From this day on it should be gone. */ dueDay: z.iso.date(), /** All of the record, or what it says of persons. */ whole: z.boolean(), title: z.string().nullable(),
  state: z.enum(['open', 'kept']), /** Kept until this day, and why. */ until: z.iso.date().nullable(), reason: z.string().nullable(), byName: z.string().nullable(),
})
export type Proposal = z.infer<typeof Proposal>

/** A line of the register of processing (PDPA section 39) of a dataset. */
export const Activity = z.object({ dataset: DatasetId, area: AreaCode, items: z.array(z.object({ key: z.string(), label: Text, say: Text })) })
export type Activity = z.infer<typeof Activity>
