import { createHash } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, TeamId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { canGive } from '../../domain/access/can.ts'
import { signInProblems } from '../../domain/access/problems.sign-in.ts'
import type { teamApi } from '../../domain/team/api.ts'
import type { Invite } from '../../domain/team/team.ts'
import { listGrantsHeld } from '../access/read.held.ts'
import { namesOf } from '../access/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { inPlaces } from '../db/scope.ts'
import type { Tables } from '../db/tables.ts'
import { TODAY } from '../db/today.ts'
import { nameIn } from './read.ts'

export type InviteRow = Selectable<Tables['team.invite']>

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

export function toInvite(row: Omit<InviteRow, 'hash'>): Invite {
  return {
    id: row.id, team: row.team_id, role: row.role, areas: row.areas, until: row.valid_until, uses: row.uses, used: row.used,
    expiresAt: row.expires_at.toISOString(), endedAt: row.ended_at?.toISOString() ?? null,
  }
}

/** The invitations into a team that still stand in these places, the newest first. */
export async function listInvites(tx: Reader, areas: readonly AreaCode[], team: TeamId): Promise<Invite[]> {
  const rows = await tx.selectFrom('team.invite').selectAll().where('team_id', '=', team).where(within('area_code', areas))
    .where('ended_at', 'is', null).where('expires_at', '>', new Date()).orderBy('made_at', 'desc').limit(200).execute()
  return rows.map(toInvite)
}

/**
 * The invitation with this secret, while it holds: not ended, expired or used up, and while whoever made it could still give what it gives.
 * Whoever has the secret may look, wherever they are; every other answer is the same.
 */
export async function findInvite(tx: Reader, secret: string): Promise<InviteRow> {
  const found = await inPlaces(tx, [NATION], async () => {
    const row = await tx.selectFrom('team.invite').selectAll().where('hash', '=', hashSecret(secret)).where('area_code', '>=', NATION)
      .where('ended_at', 'is', null).where('expires_at', '>', new Date()).whereRef('used', '<', 'uses').executeTakeFirst()
    return row && await mayStillGive(tx, row) ? row : null
  })
  if (!found) throw signInProblems.inviteEnded({})
  return found
}

async function mayStillGive(tx: Reader, { made_by, made_by_name, role, areas, valid_until: until }: InviteRow): Promise<boolean> {
  const maker = await tx.selectFrom('access.person').where('id', '=', made_by).where('ended_at', 'is', null).select('id').executeTakeFirst()
  const { rows: [now] } = await sql<{ today: string }>`select ${TODAY}::text as today`.execute(tx)
  const from = now?.today as string
  if (!maker || (until !== null && until <= from)) return false
  const person = { id: made_by, name: made_by_name, userName: null, email: null, demo: false }
  const giver: Viewer = { person, grants: await listGrantsHeld(tx, made_by), via: 'session', onlyAreas: null }
  return areas.every(area => canGive(giver, { role, area, from, until }))
}

/** What the invitation gives, for whoever holds its link. */
export async function readInvite(tx: Reader, secret: string): Promise<ReplyOf<typeof teamApi.readInvite>> {
  const { role, areas, team_id } = await findInvite(tx, secret)
  const names = await namesOf(tx, areas)
  const team = team_id && await inPlaces(tx, areas, () => tx.selectFrom('team.team').where('id', '=', team_id).where('area_code', '>=', NATION).select(['name_th as th', 'name_en as en']).executeTakeFirst())
  return { role, areas: areas.map(code => ({ code, name: nameIn(names, code) })), team: team || null }
}
