import { sql } from 'kysely'
import type { AreaCode, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import type { TpmapPart } from '../../domain/import/tpmap.ts'
import type { AreaCells } from '../../engine/table/tpmap-check.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'

export type RawFile = { name: string; bytes: Uint8Array; sha256: string }

/** For which periods the file with these bytes went in whole, at whatever time and under whatever name. */
export async function listPeriodsOf(tx: Reader, areas: readonly AreaCode[], sha256: string): Promise<Period[]> {
  const rows = await tx.selectFrom('raw.file as f').innerJoin('raw.import_file as l', 'l.file_id', 'f.id').innerJoin('raw.import as i', 'i.id', 'l.import_id')
    .leftJoin('raw.import_undo as u', 'u.import_id', 'i.id').where('u.import_id', 'is', null)
    .select('i.period').distinct().where('f.sha256', '=', sha256).where(within('f.area_code', areas)).where(sql<boolean>`i.report ->> 'outcome' <> 'partly'`).orderBy('i.period').execute()
  return rows.map(row => row.period)
}

/** Which of these codes are places, today or once. */
export async function listKnownAreas(tx: Reader, codes: readonly AreaCode[]): Promise<Set<AreaCode>> {
  const { rows } = await sql<{ code: AreaCode }>`select code from core.area where code = any(${codes})`.execute(tx)
  return new Set(rows.map(row => row.code))
}

/** What was imported before of these areas, for the same source and period. */
export async function listReadings(tx: Reader, source: SourceId, period: Period, codes: readonly AreaCode[]): Promise<Map<AreaCode, AreaCells>> {
  const rows = await tx.selectFrom('fact.reading').select(['area_code', 'part', 'cells'])
    .where('source_id', '=', source).where('period', '=', period)
    .where(sql<boolean>`area_code = any(${codes})`).execute()
  return cellsByArea(rows)
}

/** All readings of a source and period down to tambons; `belowTambon` tells whether there are readings of villages too. */
export async function listUpperReadings(tx: Reader, source: SourceId, period: Period): Promise<{ cells: Map<AreaCode, AreaCells>; belowTambon: boolean }> {
  const ofPeriod = tx.selectFrom('fact.reading').where(within('area_code', [NATION])).where('source_id', '=', source).where('period', '=', period)
  const rows = await ofPeriod.select(['area_code', 'part', 'cells']).where(sql<boolean>`length(area_code) <= 8`).execute()
  const below = await ofPeriod.select('part').where(sql<boolean>`length(area_code) > 8`).limit(1).executeTakeFirst()
  return { cells: cellsByArea(rows), belowTambon: below !== undefined }
}

function cellsByArea(rows: readonly { area_code: AreaCode; part: string; cells: (number | null)[] }[]): Map<AreaCode, AreaCells> {
  const areas = new Map<AreaCode, AreaCells>()
  for (const row of rows) {
    const cells = Float64Array.from(row.cells, cell => cell ?? NaN)
    areas.set(row.area_code, { ...areas.get(row.area_code), [row.part as TpmapPart]: cells })
  }
  return areas
}
