import { randomBytes, randomUUID } from 'node:crypto'
import type { BodyOf } from '../../domain/base/api.ts'
import { InviteId, type AreaCode, type PersonId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { signInProblems } from '../../domain/access/problems.sign-in.ts'
import type { teamApi } from '../../domain/team/api.ts'
import type { Invite } from '../../domain/team/team.ts'
import { addGrants, checkDates, checkGiving } from '../access/write.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'
import { inPlaces } from '../db/scope.ts'
import { findInvite, hashSecret, toInvite } from './read.invite.ts'
import { findTeam } from './read.ts'

const DAY_MS = 86_400_000
const ANY_DAY = '0001-01-01'

/** A link that gives a role, within what its maker could give themselves. The secret is told once and kept as a hash. */
export async function makeInvite(tx: Writer, viewer: Viewer, own: readonly AreaCode[], { team, role, areas: given, until, uses, days }: BodyOf<typeof teamApi.makeInvite>): Promise<{ invite: Invite; secret: string }> {
  const areas = [...new Set(given)].sort(), { from } = await checkDates(tx, { from: ANY_DAY, until })
  await checkGiving(tx, viewer, { role, areas, from, until })
  if (team && !await findTeam(tx, own, team)) throw accessProblems.notThere({})
  const secret = randomBytes(32).toString('base64url'), home = areas[0] as AreaCode
  const row = await tx.insertInto('team.invite').values({
    area_code: home, id: InviteId.parse(randomUUID()), hash: hashSecret(secret), team_id: team, role, areas, valid_until: until, uses,
    made_by: viewer.person.id, made_by_name: viewer.person.name, expires_at: new Date(Date.now() + days * DAY_MS), ended_at: null,
  }).returningAll().executeTakeFirstOrThrow()
  await note(tx, { action: 'invite.make', area: home, target: row.id, reason: role })
  return { invite: toInvite(row), secret }
}

export async function endInvite(tx: Writer, own: readonly AreaCode[], id: InviteId): Promise<{ id: InviteId }> {
  const ended = await tx.updateTable('team.invite').set({ ended_at: new Date() }).where('id', '=', id).where(within('area_code', own)).where('ended_at', 'is', null).returning('area_code').executeTakeFirst()
  if (!ended) throw accessProblems.notThere({})
  await note(tx, { action: 'invite.end', area: ended.area_code, target: id })
  return { id }
}

/** The home place that an invitation gives to a new person; nobody else uses it up until the transaction ends. */
export async function holdInvite(tx: Writer, secret: string): Promise<AreaCode> {
  const { area_code: home, id } = await findInvite(tx, secret)
  const held = await inPlaces(tx, [home], () => tx.selectFrom('team.invite').where('area_code', '=', home).where('id', '=', id).whereRef('used', '<', 'uses').select('id').forUpdate().executeTakeFirst())
  if (!held) throw signInProblems.inviteEnded({})
  return home
}

/** Gives what the invitation gives, in the name of who made it; two who follow the last use of a link at once do not both come in. */
export async function acceptInvite(tx: Writer, person: { id: PersonId }, secret: string): Promise<{ person: PersonId }> {
  const invite = await findInvite(tx, secret)
  if (invite.made_by === person.id) throw accessProblems.ownRole({})
  await inPlaces(tx, [invite.area_code, ...invite.areas], async () => {
    const used = await tx.updateTable('team.invite').set(({ eb }) => ({ used: eb('used', '+', 1) })).where('area_code', '=', invite.area_code).where('id', '=', invite.id)
      .whereRef('used', '<', 'uses').where('ended_at', 'is', null).executeTakeFirst()
    if (used.numUpdatedRows === 0n) throw signInProblems.inviteEnded({})
    const { from } = await checkDates(tx, { from: ANY_DAY, until: invite.valid_until })
    await note(tx, { action: 'invite.accept', area: invite.area_code, target: invite.id, about: person.id })
    await addGrants(tx, { person: person.id, role: invite.role, areas: invite.areas, from, until: invite.valid_until, giver: { id: invite.made_by, name: invite.made_by_name }, team: invite.team_id })
  })
  return { person: person.id }
}
