import { randomUUID } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { TokenId, type AreaCode, type DatasetId } from '../../domain/base/ids.ts'
import type { Token, Viewer } from '../../domain/access/access.ts'
import { can } from '../../domain/access/can.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { isWithin } from '../../domain/area/rules.ts'
import { hashToken, makeTokenSecret } from '../auth/tokens.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'

const DAY_MS = 86_400_000

export type NewToken = { name: string; areas: AreaCode[]; days: number; kind: Token['kind']; datasets: DatasetId[] | null }

/** A key for a program or a telephone in some of one's own places; its secret is given once. */
export async function makeToken(tx: Writer, viewer: Viewer, { name, areas, days, kind, datasets }: NewToken): Promise<{ token: Token; secret: string }> {
  if (viewer.via === 'token') throw accessProblems.tokenByToken({})
  const isOwn = (area: AreaCode) => kind === 'collector' ? can(viewer, 'collect', area) : viewer.grants.some(grant => isWithin(area, grant.area))
  const beyond = areas.find(area => !isOwn(area))
  if (beyond) throw accessProblems.exceeds({ role: 'token', area: beyond })
  const secret = makeTokenSecret(), id = TokenId.parse(randomUUID()), createdAt = new Date()
  const expiresAt = new Date(createdAt.getTime() + days * DAY_MS), distinct = [...new Set(areas)]
  await tx.insertInto('auth.token').values({ id, person_id: viewer.person.id, name, hash: hashToken(secret), areas: distinct, kind, datasets, created_at: createdAt, expires_at: expiresAt, last_used_at: null, revoked_at: null }).execute()
  await note(tx, { action: kind === 'collector' ? 'token.collector' : 'token.make', area: distinct[0] as AreaCode, target: id, about: viewer.person.id })
  return { secret, token: { id, name, areas: distinct, kind, datasets, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString(), lastUsedAt: null, revokedAt: null } }
}

/** A program stops at its next call. */
export async function revokeToken(tx: Writer, viewer: Viewer, id: TokenId): Promise<{ id: TokenId }> {
  const token = await tx.updateTable('auth.token').set({ revoked_at: new Date() }).where('id', '=', id).where('person_id', '=', viewer.person.id).where('revoked_at', 'is', null).returning('areas').executeTakeFirst()
  if (!token) throw accessProblems.notThere({})
  await note(tx, { action: 'token.revoke', area: token.areas[0] as AreaCode, target: id, about: viewer.person.id })
  return { id }
}

/** What ODK Collect and KoboCollect read from a QR: their settings as JSON, deflated, in base64 (docs.getodk.org/collect-import-export). */
export function collectSettings(url: string, project: string): string {
  const settings = { general: { server_url: url, form_update_mode: 'match_exactly', autosend: 'wifi_and_cellular' }, admin: {}, project: { name: project } }
  return deflateSync(JSON.stringify(settings)).toString('base64')
}
