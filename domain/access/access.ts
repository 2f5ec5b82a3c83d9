import { z } from 'zod'
import { AreaCode, DatasetId, GrantId, PersonId, TokenId } from '../base/ids.ts'

export const Role = z.enum(['collector', 'tambon-integrator', 'provincial-integrator', 'national-integrator', 'analyst', 'auditor', 'administrator'])
export type Role = z.infer<typeof Role>

/** How closely a field is kept (PDPA: `sensitive` is section 26). */
export const Sensitivity = z.enum(['open', 'internal', 'personal', 'sensitive'])
export type Sensitivity = z.infer<typeof Sensitivity>

export const Person = z.object({ id: PersonId, name: z.string(), userName: z.string().nullable(), email: z.string().nullable(), demo: z.boolean() })
export type Person = z.infer<typeof Person>

/** A role of a person in one area and all below it, from the day `from` up to and without the day `until`. */
export const Grant = z.object({
  id: GrantId,
  person: PersonId,
  role: Role,
  area: AreaCode,
  from: z.iso.date(),
  until: z.iso.date().nullable(),
  /** Null: an operator on the server's own command line. */
  givenBy: PersonId.nullable(),
})
export type Grant = z.infer<typeof Grant>

/** Who asks: a person with the grants that hold now. A token narrows the places to its own. */
export const Viewer = z.object({
  person: Person,
  grants: z.array(Grant),
  via: z.enum(['session', 'token', 'operator']),
  /** Null: all of the grants' places. */
  onlyAreas: z.array(AreaCode).nullable(),
  /** Which session of theirs asks, so that it can be ended from elsewhere. */
  session: z.string().optional(),
})
export type Viewer = z.infer<typeof Viewer>

/** A key for a program, or for a telephone that collects and does nothing else; shown once, only its hash is kept. */
export const Token = z.object({
  id: TokenId, name: z.string(), areas: z.array(AreaCode), kind: z.enum(['program', 'collector']),
  /** What a telephone collects; null: every dataset of its places. */
  datasets: z.array(DatasetId).nullable(),
  createdAt: z.iso.datetime(), expiresAt: z.iso.datetime(), lastUsedAt: z.iso.datetime().nullable(), revokedAt: z.iso.datetime().nullable(),
})
export type Token = z.infer<typeof Token>
