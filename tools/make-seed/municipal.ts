import { makeArea, pcode, type AreaRow } from './area.ts'
import { cell, readRows, type Row } from './source.ts'

const KINDS: [th: string, en: string][] = [
  ['เทศบาลนคร', 'City Municipality'], ['เทศบาลเมือง', 'Town Municipality'], ['เทศบาลตำบล', 'Subdistrict Municipality'],
]

/**
 * The part of a municipality that lies in one district, counted apart from the tambons by the household survey and by TPMAP.
 * It has no boundary of its own; English names come from the list of municipalities, else from a place of the same name in the province.
 */
export function municipalParts(places: readonly AreaRow[]): AreaRow[] {
  const municipalities = new Map(readRows('gazetteer/municipalities.csv').map(row => [cell(row, 'code'), cell(row, 'name_en')]))
  return readRows('tpmap/municipal_codes_crosswalk.csv').map(row => {
    const name = splitName(cell(row, 'tpmap_name_th'))
    const stemEn = municipalities.get(cell(row, 'dopa_municipality_code')) || sameName(places, row, name.stem)
    return makeArea({
      code: pcode(cell(row, 'tpmap_code')), level: 'municipal-part', type: 'municipal-part',
      name_th: name.kind + name.stem, name_en: stemEn && name.kindEn ? `${stemEn} ${name.kindEn}` : stemEn,
    })
  })
}

function splitName(name: string): { kind: string; kindEn: string; stem: string } {
  const kind = KINDS.find(([th]) => name.startsWith(th))
  if (!kind) return { kind: '', kindEn: '', stem: name.replace(/\s+/g, '') }
  return { kind: kind[0], kindEn: kind[1], stem: name.slice(kind[0].length).replace(/\s+/g, '') }
}

/** English names of places of one Thai name in one province agree; if they do not, there is none. */
function sameName(places: readonly AreaRow[], row: Row, stem: string): string {
  const province = pcode(cell(row, 'district_code').slice(0, 2))
  const names = new Set(places.filter(place => place.code.startsWith(province) && place.name_th === stem).map(place => place.name_en))
  return names.size === 1 ? [...names][0]! : ''
}
