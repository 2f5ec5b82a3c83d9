import type { Token } from '../../domain/access/access.ts'
import type { PersonId } from '../../domain/base/ids.ts'
import type { Reader } from '../db/db.ts'

/** One's own tokens, the newest first; never their secrets. */
export async function listTokens(tx: Reader, person: PersonId): Promise<Token[]> {
  const rows = await tx.selectFrom('auth.token').where('person_id', '=', person)
    .select(['id', 'name', 'areas', 'kind', 'datasets', 'created_at', 'expires_at', 'last_used_at', 'revoked_at']).orderBy('created_at', 'desc').orderBy('id').limit(1000).execute()
  return rows.map(row => ({
    id: row.id, name: row.name, areas: row.areas, kind: row.kind, datasets: row.datasets, createdAt: row.created_at.toISOString(), expiresAt: row.expires_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null, revokedAt: row.revoked_at?.toISOString() ?? null,
  }))
}
