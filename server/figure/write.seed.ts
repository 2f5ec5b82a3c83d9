import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { AreaCode, IndicatorId, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { emptyLine, rollUp, type Line } from '../../engine/measure/roll-up.ts'
import type { Writer } from '../db/db.ts'
import { loadOnce } from '../db/once.ts'
import { getIndicator } from '../indicator/read.ts'
import { replaceFigures, type Sheet } from './write.ts'

const FOLDER = fileURLToPath(new URL('../../seed/figure', import.meta.url))
/** Columns of a seed file: code, period, indicator, numerator, denominator. */
type SeedRow = [code: AreaCode, period: Period, indicator: IndicatorId, numerator: string, denominator: string]

/** Loads the figures of a source from seed/figure: base rows as they were published, everything above added up. Tells whether it was new. */
export async function loadFigures(tx: Writer, source: SourceId): Promise<boolean> {
  const file = await readFile(`${FOLDER}/${source}.csv.gz`)
  return loadOnce(tx, `figure ${source}`, [file], async () => {
    const rows = parse(gunzipSync(file), { from: 2 }) as unknown as SeedRow[]
    const indicators = await Promise.all([...new Set(rows.map(([, , indicator]) => indicator))].map(id => getIndicator(tx, id)))
    for (const [period, ofPeriod] of Map.groupBy(rows, ([, period]) => period)) {
      await replaceFigures(tx, sheetOf(source, period, ofPeriod, indicators))
    }
  })
}

function sheetOf(source: SourceId, period: Period, rows: readonly SeedRow[], indicators: Sheet['indicators']): Sheet {
  const placeOf = new Map(indicators.map(({ id }, place) => [id, place]))
  const given = new Map<AreaCode, Line>()
  for (const [code, , indicator, numerator, denominator] of rows) {
    let line = given.get(code)
    if (!line) given.set(code, line = emptyLine(indicators.length))
    const place = placeOf.get(indicator) as number
    line.numerator[place] = numerator === '' ? NaN : Number(numerator)
    line.denominator[place] = denominator === '' ? NaN : Number(denominator)
  }
  // Only base rows are in the seed, so there is nothing for a sum to differ from.
  return { source, period, indicators, lines: rollUp(given, indicators.map(() => 0)).lines, importId: null }
}
