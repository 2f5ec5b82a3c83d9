import type { AreaLevel } from '../../domain/area/area.ts'
import { m } from '../paraglide/messages.js'

const LEVELS: Record<AreaLevel, () => string> = {
  nation: m.level_nation, province: m.level_province, district: m.level_district, tambon: m.level_tambon,
  'municipal-part': m.search_page_level_part, village: m.level_village, 'village-part': m.level_part,
}

/** What areas of a level are called in all of Thailand, Bangkok included. */
export function levelName(level: AreaLevel): string {
  return LEVELS[level]()
}
