import { createHash } from 'node:crypto'
import type { AreaCode, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { ancestorsOf } from '../../domain/area/rules.ts'
import type { ImportFile } from '../../domain/import/import.ts'
import { LAST_PERIOD_OF_BMN2560, periodInName, periodOf, tpmapSource } from '../../domain/import/rules.ts'
import { makeFaultBook, type FaultBook } from '../../engine/table/faults.ts'
import { readTpmap, type TpmapFile } from '../../engine/table/read-tpmap.ts'
import { checkReadings, type AreaCells, type Checked } from '../../engine/table/tpmap-check.ts'
import type { Reader } from '../db/db.ts'
import { findFile, listKnownAreas, listReadings, type RawFile } from './read.ts'

export type GivenFile = { name: string; bytes: Uint8Array }
/** Files read and checked, before anything is written. */
export type Prepared = Checked & {
  files: ImportFile[]
  /** Those that were not imported before. */
  raw: RawFile[]
  source: SourceId | null
  period: Period | null
  earlier: Map<AreaCode, AreaCells>
  isArea: (code: AreaCode) => boolean
  blankCells: number
  faults: FaultBook
}

/** Enough to mend a file by, few enough to read. */
const KEPT_FAULTS_OF_EACH_SEVERITY = 500

/** Reads and checks files in the TPMAP layout against the places and figures that are known. */
export async function prepareTpmap(tx: Reader, given: readonly GivenFile[], year: string | undefined): Promise<Prepared> {
  const faults = makeFaultBook(KEPT_FAULTS_OF_EACH_SEVERITY)
  const files: ImportFile[] = [], raw: RawFile[] = [], read: TpmapFile[] = []
  for (const { name, bytes } of given) {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const known = raw.some(file => file.sha256 === sha256) || (await findFile(tx, sha256))?.whole === true
    const { readings, blankCells, leftOut, ...about } = known ? UNREAD : readTpmap(name, bytes, faults)
    files.push({ name, sha256, bytes: bytes.length, ...about, known })
    if (known) continue
    raw.push({ name, bytes, sha256 })
    read.push({ readings, blankCells, leftOut, ...about })
  }
  const period = raw.length > 0 ? findPeriod(raw, year, faults) : findPeriod(given, year, makeFaultBook(0))
  const source = period === null ? null : tpmapSource(period)
  const readings = read.flatMap(file => file.readings)
  const checked = await check(tx, readings, source, period, faults)
  return {
    ...checked, files, raw, source, period, faults,
    leftOut: checked.leftOut + read.reduce((sum, file) => sum + file.leftOut * Math.max(1, file.parts.length), 0),
    blankCells: read.reduce((sum, file) => sum + file.blankCells, 0),
  }
}

const UNREAD: TpmapFile = { encoding: null, parts: [], level: null, rows: 0, readings: [], blankCells: 0, leftOut: 0 }

async function check(tx: Reader, readings: TpmapFile['readings'], source: SourceId | null, period: Period | null, faults: FaultBook) {
  const codes = [...new Set(readings.map(reading => reading.area))]
  const areas = await listKnownAreas(tx, [...new Set(codes.flatMap(code => [code, ...ancestorsOf(code)]))])
  const earlier = source && period ? await listReadings(tx, source, period, codes) : new Map<AreaCode, AreaCells>()
  const known = { isArea: (code: AreaCode) => areas.has(code), earlier: (code: AreaCode) => earlier.get(code) }
  return { ...checkReadings(readings, known, faults), isArea: known.isArea, earlier }
}

/** The year that the person gave, or the one in the names of the files. */
function findPeriod(files: readonly { name: string }[], year: string | undefined, faults: FaultBook): Period | null {
  const period = year === undefined ? periodByNames(files, faults) : periodOf(year)
  if (year !== undefined && period === null) faults.add('badYear', { file: '', value: year }, {})
  if (period !== null && period > LAST_PERIOD_OF_BMN2560) faults.add('otherSet', { file: files[0]?.name ?? '', value: period }, {})
  return period
}

function periodByNames(files: readonly { name: string }[], faults: FaultBook): Period | null {
  const found = files.map(({ name }) => periodInName(name))
  const periods = [...new Set(found.filter(period => period !== null))]
  files.forEach(({ name }, i) => { if (found[i] === null) faults.add('noYear', { file: name }, {}) })
  if (periods.length > 1) faults.add('manyYears', { file: '' }, { years: periods.join(', ') })
  return periods.length === 1 ? periods[0] as Period : null
}
