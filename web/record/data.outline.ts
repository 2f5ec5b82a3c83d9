import { areaApi } from '../../domain/area/api.ts'
import type { AreaDetail, AreaLevel } from '../../domain/area/area.ts'
import { levelOf, parentOf } from '../../domain/area/rules.ts'
import { drawingOf, today, type Drawing } from '../area/boundaries.ts'
import { call } from '../base/api.ts'
import type { AreaCode } from '../../domain/base/ids.ts'

const INSIDE: Partial<Record<AreaLevel, AreaLevel>> = { nation: 'province', province: 'district', district: 'tambon' }
const TAMBON_LENGTH = 8

/** A place on a map by itself: with its parts inside, a tambon by its own outline, a village by its tambon's. Null where no outline is known. */
export async function drawPlace(fetch: typeof globalThis.fetch, place: AreaDetail): Promise<Drawing | null> {
  const level = INSIDE[place.level]
  if (level) return drawing(fetch, place, level, place.code)
  const code = place.code.slice(0, TAMBON_LENGTH) as AreaCode
  const parent = await call(fetch, areaApi.getArea, { params: { code: parentOf(code) as AreaCode } })
  return drawing(fetch, parent, levelOf(code), code)
}

async function drawing(fetch: typeof globalThis.fetch, { boundaries }: AreaDetail, level: AreaLevel, within: AreaCode): Promise<Drawing | null> {
  const href = boundaries.find(each => each.level === level)?.href
  return href ? drawingOf(fetch, href, within, today()) : null
}
