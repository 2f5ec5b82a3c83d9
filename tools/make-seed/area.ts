import type { AreaLevel, AreaType } from '../../domain/area/area.ts'
import { cell, readRows, type Row } from './source.ts'

/** One line of seed/area: an area in our own form. Empty text stands for "not known". */
export type AreaRow = {
  code: string; level: AreaLevel; type: AreaType; name_th: string; name_en: string
  /** Other spellings and common names, separated by `;`: found by the search, shown nowhere. */
  also: string
  valid_from: string; valid_until: string; lat: string; lon: string; area_km2: string; has_shape: '0' | '1'
}
export const AREA_COLUMNS = ['code', 'level', 'type', 'name_th', 'name_en', 'also', 'valid_from', 'valid_until', 'lat', 'lon', 'area_km2', 'has_shape'] as const

const TYPES: Record<string, AreaType> = { Bangkok: 'bangkok', Changwat: 'changwat', Khet: 'khet', Amphoe: 'amphoe', Khwaeng: 'khwaeng', Tambon: 'tambon' }

/** What people call places besides their official names, and spellings that other official lists use. */
const ALSO: Record<string, string> = {
  TH: 'ไทย', TH10: 'กทม;Krung Thep Maha Nakhon', TH24: 'แปดริ้ว', TH30: 'โคราช;Korat',
  TH320121: 'บุฤๅษี', TH450109: 'ปอพาน',
}

export function pcode(digits: string): string {
  return `TH${digits}`
}

export function makeArea(area: Pick<AreaRow, 'code' | 'level' | 'type' | 'name_th' | 'name_en'> & Partial<AreaRow>): AreaRow {
  return { also: ALSO[area.code] ?? '', valid_from: '', valid_until: '', lat: '', lon: '', area_km2: '', has_shape: '0', ...area }
}

/** Nation, provinces, districts and tambons of today. */
export function currentAreas(shapes: ReadonlySet<string>): AreaRow[] {
  const nation = makeArea({ code: 'TH', level: 'nation', type: 'nation', name_th: 'ประเทศไทย', name_en: 'Thailand', has_shape: '1' })
  return [nation, ...read('provinces', 'province'), ...read('districts', 'district'), ...read('subdistricts', 'tambon')]
    .map(area => shapes.has(area.code) ? { ...area, has_shape: '1' as const } : area)
}

function read(list: string, level: AreaLevel): AreaRow[] {
  return readRows(`gazetteer/${list}.csv`).map(row => fromGazetteer(row, level))
}

function fromGazetteer(row: Row, level: AreaLevel): AreaRow {
  const type = TYPES[cell(row, 'type')]
  if (!type) throw new Error(`Unknown type of area: ${cell(row, 'type')}`)
  return makeArea({
    code: pcode(cell(row, 'code')), level, type, name_th: cell(row, 'name_th'), name_en: cell(row, 'name_en'),
    lat: cell(row, 'lat'), lon: cell(row, 'lon'), area_km2: cell(row, 'area_km2'),
  })
}
