import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, GrantId } from '../../domain/base/ids.ts'
import { Right } from '../../domain/base/right.ts'
import type { Text } from '../../domain/base/text.ts'
import { fullName } from '../../domain/area/rules.ts'
import type { Grant, Viewer } from '../../domain/access/access.ts'
import type { accessApi } from '../../domain/access/api.ts'
import { placesOf } from '../../domain/access/can.ts'
import { areasByCode } from '../area/read.ts'
import type { Reader } from '../db/db.ts'

type Me = ReplyOf<typeof accessApi.getMe>
export type GrantLine = Me['grants'][number]

/** Who I am, and what I may do where: what the site draws its menus from. */
export async function getMe(tx: Reader, viewer: Viewer): Promise<Me> {
  const givers = await giversOf(tx, viewer)
  const names = await namesOf(tx, viewer.grants.map(grant => grant.area))
  const grants = viewer.grants.map(grant => lineOf(grant, viewer.person.name, names, givers.get(grant.id) ?? null))
  const rights = Right.options.map(right => ({ right, areas: placesOf(viewer, right) })).filter(({ areas }) => areas.length > 0)
  return { person: viewer.person, grants, rights }
}

async function giversOf(tx: Reader, viewer: Viewer): Promise<Map<GrantId, string | null>> {
  const rows = await tx.selectFrom('access.grant').where('person_id', '=', viewer.person.id).select(['id', 'given_by_name as name']).execute()
  return new Map(rows.map(row => [row.id, row.name]))
}

export function lineOf(grant: Grant, personName: string, names: ReadonlyMap<AreaCode, Text>, givenByName: string | null): GrantLine {
  return { ...grant, personName, areaName: names.get(grant.area) ?? { th: grant.area, en: grant.area }, givenByName }
}

/** The names of places in both languages, as people write them. */
export async function namesOf(tx: Reader, codes: readonly AreaCode[]): Promise<Map<AreaCode, Text>> {
  const areas = await areasByCode(tx, codes)
  return new Map([...areas].map(([code, { type, name_th, name_en }]) => {
    const area = { code, type, name: { th: name_th, en: name_en } }
    return [code, { th: fullName(area, 'th'), en: fullName(area, 'en') }]
  }))
}
