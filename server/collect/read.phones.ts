import { sql } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, PersonId, PhoneId } from '../../domain/base/ids.ts'
import type { collectApi } from '../../domain/collect/api.ts'
import { namesOf } from '../access/read.ts'
import type { Reader } from '../db/db.ts'
import { narrow, within } from '../db/place.ts'

type Phones = ReplyOf<typeof collectApi.listPhones>
export type PhonesAsked = { area?: AreaCode | undefined; after?: string | undefined; limit: number }
type Row = {
  id: PhoneId; person: PersonId; personName: string; area: AreaCode; name: string; version: string; unsent: number; oldest: Date | null; seenAt: Date; revokedAt: Date | null
}

/** Telephones whose holders collect in these places, place by place; who else holds one is not told. */
export async function listPhones(tx: Reader, areas: readonly AreaCode[], { area, after, limit }: PhonesAsked): Promise<Phones> {
  const places = area ? narrow(areas, area) : areas, key = keyOf(after)
  const { rows } = await sql<Row>`
    select f.phone_id as id, f.person_id as person, coalesce((select p.name from access.person p where p.id = f.person_id limit 1), '') as "personName", f.area_code as area,
      f.name, f.version, f.unsent, f.oldest, f.seen_at as "seenAt", f.revoked_at as "revokedAt"
    from access.phone f where ${within('f.area_code', places)}
      ${key ? sql`and (f.area_code, f.person_id, f.phone_id) > (${key.area} collate "C", ${key.person}::uuid, ${key.phone}::uuid)` : sql``}
    order by f.area_code, f.person_id, f.phone_id limit ${limit + 1}`.execute(tx)
  const shown = rows.slice(0, limit), last = shown.at(-1), names = await namesOf(tx, shown.map(row => row.area))
  return {
    items: shown.map(row => ({ ...row, areaName: names.get(row.area) ?? { th: row.area, en: row.area }, oldest: row.oldest?.toISOString() ?? null, seenAt: row.seenAt.toISOString(), revokedAt: row.revokedAt?.toISOString() ?? null })),
    next: rows.length > limit && last ? `${last.area}_${last.person}_${last.id}` : null,
  }
}

/** A key that nobody was given begins at the beginning. */
function keyOf(after: string | undefined): { area: string; person: string; phone: string } | null {
  const [, area, person, phone] = /^(TH\w*)_([0-9a-f-]{36})_([0-9a-f-]{36})$/.exec(after ?? '') ?? []
  return area && person && phone ? { area, person, phone } : null
}
