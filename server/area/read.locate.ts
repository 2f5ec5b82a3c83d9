import { gunzipSync } from 'node:zlib'
import { ancestorsOf } from '../../domain/area/rules.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import { makeLocator, type Locate } from '../../engine/geo/locate.ts'
import { outlinesOf, type Outline } from '../../engine/geo/outline.ts'
import type { Reader } from '../db/db.ts'

/** Outlines take a fifth of a second to read, so they are kept for as long as the database holds the same. */
let kept: { versions: string; locate: Locate; byCode: ReadonlyMap<AreaCode, Outline> } | null = null

/**
 * The areas of today that hold a point, smallest first; none outside the country.
 * Where an outline is older than a division, it is not known which of its parts holds the point, and the district is the smallest answer.
 */
export async function locate(db: Reader, point: { lat: number; lon: number }): Promise<AreaCode[]> {
  const found = (await locator(db))(point.lon, point.lat)
  if (!found) return []
  return found.covers || found.until ? ancestorsOf(found.code) : [found.code, ...ancestorsOf(found.code)]
}

/** The outline of a tambon; null where there is none, or it is older than a division. */
export async function outlinesByCode(db: Reader): Promise<(tambon: AreaCode) => Outline | null> {
  const { byCode } = await allOutlines(db)
  return tambon => { const found = byCode.get(tambon); return !found || found.covers || found.until ? null : found }
}

async function locator(db: Reader): Promise<Locate> {
  return (await allOutlines(db)).locate
}

async function allOutlines(db: Reader): Promise<NonNullable<typeof kept>> {
  const rows = await db.selectFrom('open.boundary').select(['area_code', 'version']).where('level', '=', 'tambon').orderBy('area_code').execute()
  const versions = rows.map(row => row.version).join(' ')
  if (kept?.versions !== versions) {
    const all = await outlines(db)
    kept = { versions, locate: makeLocator(all), byCode: new Map(all.map(outline => [outline.code, outline])) }
  }
  return kept
}

async function outlines(db: Reader): Promise<Outline[]> {
  const rows = await db.selectFrom('open.boundary').select('topology').where('level', '=', 'tambon').orderBy('area_code').execute()
  // an outline of the past is no place of today, unless it is the only one of what it became
  return rows.flatMap(row => outlinesOf(JSON.parse(gunzipSync(row.topology).toString()))).filter(({ until, covers }) => !until || covers)
}
