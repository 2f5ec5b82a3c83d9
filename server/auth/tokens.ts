import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { AreaCode, DatasetId, PersonId, TokenId } from '../../domain/base/ids.ts'
import type { AuthDb } from '../db/db.ts'
import { PLANNED } from '../db/planned.ts'

const MARK = 'rk_'

/** A key for a program: shown once, kept as a hash. Its mark lets a scanner of leaked secrets know it. */
export function makeTokenSecret(): string {
  return MARK + randomBytes(32).toString('base64url')
}

export function hashToken(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

export type FoundToken = { id: TokenId; person: PersonId; areas: AreaCode[]; kind: 'program' | 'collector'; datasets: DatasetId[] | null; createdAt: Date; holds: boolean }

/** The token with this secret, also when it has expired or was revoked; null when there never was one. */
export async function findToken(db: AuthDb, secret: string): Promise<FoundToken | null> {
  const row = await db.selectFrom('auth.token').modifyFront(PLANNED).where('hash', '=', hashToken(secret))
    .select(['id', 'person_id as person', 'areas', 'kind', 'datasets', 'created_at as createdAt', sql<boolean>`revoked_at is null and now() < expires_at`.as('holds')]).executeTakeFirst()
  return row ?? null
}

/** Kept at most once a minute: a busy program does not write at every call. */
export async function touchToken(db: AuthDb, id: TokenId): Promise<void> {
  await sql`update auth.token set last_used_at = now() where id = ${id} and (last_used_at is null or last_used_at < now() - interval '1 minute')`.execute(db)
}
