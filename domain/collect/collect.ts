import { z } from 'zod'
import { AreaCode, DatasetId, PersonId, PhoneId, RecordId } from '../base/ids.ts'
import { Text } from '../base/text.ts'
import { AreaLevel, AreaType } from '../area/area.ts'
import { DatasetUnit } from '../dataset/dataset.ts'
import { Answer, RecordFault } from '../record/record.ts'

/** The public half of the key that a backup of a telephone is sealed to (docs/collector.md). `kid` says which one it is, since keys are renewed. */
export const BackupKey = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string(), kid: z.string(), use: z.literal('enc'), alg: z.literal('ECDH-ES') })
export type BackupKey = z.infer<typeof BackupKey>

/** A place as the telephone carries it: a tambon where its holder collects, or a village of it. */
export const KitPlace = z.object({
  code: AreaCode, level: AreaLevel, type: AreaType, name: Text,
  /** The tambon that it lies in; of a tambon itself its own code. */
  tambon: AreaCode,
  point: z.object({ lat: z.number(), lon: z.number() }).nullable(),
})
export type KitPlace = z.infer<typeof KitPlace>

/** Where somebody collects, with the names above it, nearest first. */
export const KitArea = z.object({ code: AreaCode, level: AreaLevel, type: AreaType, name: Text, parents: z.array(z.object({ code: AreaCode, type: AreaType, name: Text })) })
export type KitArea = z.infer<typeof KitArea>

/** A form as the telephone carries it. Its bytes and files come from the OpenRosa addresses, by area, id and version. Paths are those of questions. */
export const KitForm = z.object({
  area: AreaCode, id: DatasetId, version: z.string(), md5: z.string(), title: Text, purpose: Text, unit: DatasetUnit,
  files: z.array(z.object({ name: z.string(), md5: z.string(), bytes: z.number().int() })),
  /** The question that asks for the place, and the one for the position. */
  place: z.string().nullable(), point: z.string().nullable(),
  /** The list of things that one is chosen from, and the question that chooses; `updates`: the visit changes that thing, else it is about it. */
  thing: z.object({ dataset: DatasetId, file: z.string(), question: z.string(), updates: z.boolean() }).nullable(),
})
export type KitForm = z.infer<typeof KitForm>

/** A record of one's own that a reviewer sent back, and why: `area` is its village or tambon. */
export const KitReturned = z.object({
  record: RecordId, dataset: DatasetId, area: AreaCode, title: z.string().nullable(), at: z.iso.datetime(),
  reason: z.string().nullable(), fields: z.array(z.object({ label: Text, say: z.string() })),
})
export type KitReturned = z.infer<typeof KitReturned>

/** What a telephone carries to collect without a network. */
export const Kit = z.object({
  me: z.object({ id: PersonId, name: z.string() }),
  areas: z.array(KitArea),
  /** Tambons and villages of these areas; none where there are too many to carry. */
  places: z.array(KitPlace),
  forms: z.array(KitForm),
  /** The newest first, not more than can be looked through. */
  returned: z.array(KitReturned),
  backupKey: BackupKey,
  /** Addresses of the TopoJSON of the tambons of each province that is touched; each names its content and may be kept for ever. */
  outlines: z.array(z.object({ area: AreaCode, href: z.string() })),
})
export type Kit = z.infer<typeof Kit>

/** A field of a thing that somebody else changed after this telephone had it, and to something else. Of a repeat the key is its path, and each answer its rows, a line each. */
export const Conflict = z.object({
  key: z.string(), label: Text,
  /** As it was when the telephone had it; as this visit says; as somebody else said meanwhile. */
  base: Answer.nullable(), mine: Answer.nullable(), theirs: Answer.nullable(),
})
export type Conflict = z.infer<typeof Conflict>

/** What the server has of a submission. A file counts only when every byte of it is kept. */
export const Sent = z.object({
  received: z.boolean(),
  /** The record that it made or changed, once it is read. */
  record: RecordId.nullable(),
  files: z.array(z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() })),
  /** What the checks found; empty until it is read. */
  faults: z.array(RecordFault),
  /** Null: nobody else changed the thing meanwhile, or the submission changed none. */
  conflict: z.array(Conflict).nullable(),
})
export type Sent = z.infer<typeof Sent>

/** What its holder calls it. */
export const PhoneName = z.string().trim().max(100).regex(/^[^\0]*$/, 'text without NUL')

/** A telephone that collects in the browser, as its holder's integrator sees it. */
export const Phone = z.object({
  id: PhoneId, person: PersonId, personName: z.string(), area: AreaCode, areaName: Text,
  name: z.string(), version: z.string(), unsent: z.number().int(), oldest: z.iso.datetime().nullable(), seenAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
})
export type Phone = z.infer<typeof Phone>

/** What became of a backup: of each submission in it whether it was taken now, was there before, or was refused and why. What is not counted there did not arrive. */
export const BackupTaken = z.object({
  entries: z.number().int(), taken: z.number().int(), already: z.number().int(),
  refused: z.array(z.object({ instanceId: z.string(), /** Of the problem: `submission/no-form`. */ code: z.string(), say: Text })),
  /** Where the file is cut short or was altered; what is whole in it was taken all the same. */
  broken: Text.nullable(),
})
export type BackupTaken = z.infer<typeof BackupTaken>
