import { z } from 'zod'
import { AreaCode, DatasetId, PersonId, RecordId } from '../base/ids.ts'
import { Text } from '../base/text.ts'
import { Sensitivity } from '../access/access.ts'
import { Choice } from '../dataset/dataset.form.ts'

/** A place on the ground as a phone gave it: degrees of WGS84, metres. */
export const Point = z.object({ lat: z.number(), lon: z.number(), altitude: z.number().nullable(), accuracy: z.number().nullable() })
export type Point = z.infer<typeof Point>

/** Whether a citizen's number was given, shown masked: `x-xxxx-xxxxx-12-3`. The number itself is sealed elsewhere. */
export const MaskedId = z.object({ masked: z.string(), checked: z.boolean() })
export type MaskedId = z.infer<typeof MaskedId>

/**
 * An answer once typed: text, date (`2026-11-26`), time, code of a choice and name of a file as text; number; yes or no; codes of several
 * choices as a list; a point; a masked number. Missing where nothing was answered.
 */
export const Answer = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), Point, MaskedId])
export type Answer = z.infer<typeof Answer>
/** Answers by the key of their question (`keysOf` in domain/dataset/rules.ts). */
export const Answers = z.record(z.string(), Answer)
export type Answers = z.infer<typeof Answers>

/** Where an answer does not keep a rule of its form: it was kept as it came, and somebody should look. */
export const RecordFault = z.object({
  /** The question's key, with its repeat and row where it stands in one; null: the record as a whole. */
  key: z.string().nullable(), repeat: z.string().nullable(), row: z.number().int().nullable(),
  kind: z.enum(['required', 'constraint', 'choice', 'type', 'calculation', 'not-relevant', 'place', 'thing', 'conflict', 'national-id', 'clock', 'not-judged', 'unknown', 'check']),
  say: Text,
  /** Of the kind `check`: which one (domain/dataset/dataset.check.ts), and how much it weighs. */
  check: z.string().optional(), severity: z.enum(['error', 'warning']).optional(),
})
export type RecordFault = z.infer<typeof RecordFault>

/** Where a record stands: what its acts come to (`stateOf` in rules.state.ts). */
export const RecordState = z.enum(['received', 'returned', 'approved', 'verified', 'locked', 'rejected', 'withdrawn', 'merged', 'erased'])
export type RecordState = z.infer<typeof RecordState>

export const RecordRow = z.object({ repeat: z.string(), position: z.number().int(), parent: z.number().int().nullable(), values: Answers })
export type RecordRow = z.infer<typeof RecordRow>

/** A record in a list. */
export const RecordEntry = z.object({
  id: RecordId, dataset: DatasetId, area: AreaCode, areaName: Text, state: RecordState,
  /** The answer with the role `title`, or null where there is none or it may not be shown. */
  title: z.string().nullable(), point: Point.nullable(), day: z.iso.date().nullable(),
  madeAt: z.iso.datetime(), changedAt: z.iso.datetime(), versions: z.number().int(), faults: z.number().int(),
  /** Written down by whoever asks. */
  own: z.boolean(),
  values: Answers,
})
export type RecordEntry = z.infer<typeof RecordEntry>

/** A record beside the map: what one looks at before opening it. */
export const RecordCard = RecordEntry.omit({ values: true, madeAt: true, versions: true }).extend({ type: Choice.nullable(), /** Name of the first picture that is there. */ photo: z.string().nullable() })
export type RecordCard = z.infer<typeof RecordCard>

/** What of it is for everyone. */
export const OpenCard = RecordCard.pick({ id: true, dataset: true, area: true, areaName: true, title: true, type: true, point: true, day: true, changedAt: true }).extend({ /** The key of the question that its photograph answers. */ photo: z.string().nullable() })
export type OpenCard = z.infer<typeof OpenCard>

/**
 * Points of one dataset, small on the way: hundred-thousandths of a degree (about a metre), each as the step from the one before; `kinds` counts
 * in `types`, -1 for none; `starts` holds the first 16 digits of each record's id, without anything between. `more`: how many were left out.
 */
export const PointSheet = z.object({ dataset: DatasetId, types: z.array(z.string()), kinds: z.array(z.number().int()), lon: z.array(z.number().int()), lat: z.array(z.number().int()), starts: z.string(), more: z.number().int() })
export type PointSheet = z.infer<typeof PointSheet>

/** What is in the record and not in the reply: never the values, only which fields, why, and whom to ask. */
export const Withheld = z.object({ sensitivity: Sensitivity, fields: z.array(z.string()), why: Text, ask: Text })
export type Withheld = z.infer<typeof Withheld>

/** A file that a record names; `present` once every byte of it has arrived. */
export const RecordFile = z.object({ name: z.string(), key: z.string().nullable(), present: z.boolean(), bytes: z.number().int().nullable(), mediaType: z.string().nullable() })
export type RecordFile = z.infer<typeof RecordFile>

/** What is done to a record. `held`: a visit that came while it was locked, kept and not laid over it. `undo`: takes back the act before it. `merge`: it took another in; `join`: it went into another; `split`: it was taken apart. `take`: a held visit is taken in, `leave`: it is set aside. `recode`: its place has another code. `erase`: all that it said is gone; `forget`: what it said of one person is. */
export const ActKind = z.enum(['make', 'update', 'held', 'return', 'approve', 'verify', 'lock', 'reopen', 'reject', 'withdraw', 'merge', 'join', 'split', 'take', 'leave', 'recode', 'undo', 'erase', 'forget'])
export type ActKind = z.infer<typeof ActKind>

/** Why an answer was returned, in the reviewer's own words. */
export const FieldReason = z.object({ key: z.string().max(300), say: z.string().trim().min(1).max(500).regex(/^[^\0]*$/, 'text without NUL') })
export type FieldReason = z.infer<typeof FieldReason>

/** One act on a record, with what it changed for those who may see it; of `held`, what it would have changed. */
export const RecordAct = z.object({
  kind: ActKind, at: z.iso.datetime(), by: PersonId.nullable(), byName: z.string().nullable(), reason: z.string().nullable(), fields: z.array(FieldReason),
  version: z.string().nullable(), client: z.string().nullable(),
  changes: z.array(z.object({ key: z.string(), label: Text, before: Answer.nullable(), after: Answer.nullable() })),
})
export type RecordAct = z.infer<typeof RecordAct>
