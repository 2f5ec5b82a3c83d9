import { z } from 'zod'
import { AreaCode, InviteId, PersonId, TeamId } from '../base/ids.ts'
import { Text } from '../base/text.ts'
import { Role } from '../access/access.ts'

/** A university's team: its tambons (scattered ones too) and the people who work there. */
export const Team = z.object({
  id: TeamId, name: Text, university: Text,
  areas: z.array(z.object({ code: AreaCode, name: Text })),
  members: z.number().int(),
})
export type Team = z.infer<typeof Team>

export const Member = z.object({ person: PersonId, name: z.string(), role: Role, areas: z.array(AreaCode) })
export type Member = z.infer<typeof Member>

/** A link or QR that gives a role in a team's places to whoever follows it, so many times, until a day. */
export const Invite = z.object({
  id: InviteId, team: TeamId.nullable(), role: Role, areas: z.array(AreaCode),
  until: z.iso.date().nullable(), uses: z.number().int(), used: z.number().int(), expiresAt: z.iso.datetime(), endedAt: z.iso.datetime().nullable(),
})
export type Invite = z.infer<typeof Invite>
