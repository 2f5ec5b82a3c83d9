import { makeArea, pcode, type AreaRow } from './area.ts'
import { cell, readRows, type Row } from './source.ts'

/** All villages of the list, those that ended among them (their end is set by the ledger). */
export function villages(): AreaRow[] {
  return readRows('gazetteer/villages.csv').map(row => makeArea({
    code: pcode(cell(row, 'code')), level: 'village', type: 'muban',
    name_th: tidy(cell(row, 'name_th')), name_en: cell(row, 'name_en'), lat: cell(row, 'lat'), lon: cell(row, 'lon'),
  }))
}

/** Villages that the list marks as obsolete, and the one that was given a new code. */
export function endedVillages(): { code: string; successor: string | null }[] {
  return readRows('gazetteer/villages.csv')
    .filter(row => cell(row, 'obsolete') || cell(row, 'newgeocode'))
    .map(row => ({ code: pcode(cell(row, 'code')), successor: successorOf(row) }))
}

function successorOf(row: Row): string | null {
  return cell(row, 'newgeocode') ? pcode(cell(row, 'newgeocode')) : null
}

/** Spaces inside a name are kept once. */
function tidy(name: string): string {
  return name.replace(/\s+/g, ' ')
}
