import { createHash } from 'node:crypto'
import type { AreaCode, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { ancestorsOf, commonOf, isWithin, NATION } from '../../domain/area/rules.ts'
import type { ImportFile } from '../../domain/import/import.ts'
import { LAST_PERIOD_OF_BMN2560, periodInName, periodOf, tpmapSource } from '../../domain/import/rules.ts'
import { makeFaultBook, type FaultBook } from '../../engine/table/faults.ts'
import { readTpmap, type TpmapFile } from '../../engine/table/read-tpmap.ts'
import { checkReadings, type AreaCells, type Checked } from '../../engine/table/tpmap-check.ts'
import type { Reader } from '../db/db.ts'
import { listKnownAreas, listPeriodsOf, listReadings, type RawFile } from './read.ts'

export type GivenFile = { name: string; bytes: Uint8Array }
/** `areas`: where whoever imports may; `source`: another than TPMAP's of that year. */
export type ImportTerms = { areas: readonly AreaCode[]; year?: string | undefined; source?: SourceId | undefined }
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
export async function prepareTpmap(tx: Reader, given: readonly GivenFile[], { areas, year, source: other }: ImportTerms): Promise<Prepared> {
  const faults = makeFaultBook(KEPT_FAULTS_OF_EACH_SEVERITY)
  const dated = await dateFiles(tx, given, { year, areas }, faults)
  const files: ImportFile[] = [], raw: RawFile[] = [], read: TpmapFile[] = []
  for (const { name, bytes, sha256, known } of dated) {
    const file = known ? UNREAD : readTpmap(name, bytes, faults)
    const { encoding, parts, level, rows } = file
    files.push({ name, sha256, bytes: bytes.length, encoding, parts, level, rows, known })
    if (!known) raw.push({ name, bytes, sha256 })
    read.push(file)
  }
  const period = onePeriod(dated, faults)
  const source = period === null ? null : other ?? tpmapSource(period)
  const checked = await check(tx, read.flatMap(file => file.readings), { source, period, areas }, faults)
  if (checked.good.length > 0 && !isSeen(commonOf(checked.good.map(reading => reading.area)), areas)) faults.add('scattered', { file: given[0]?.name ?? '' }, {})
  return {
    ...checked, files, raw, source, period, faults,
    leftOut: checked.leftOut + read.reduce((sum, file) => sum + file.leftOut * Math.max(1, file.parts.length), 0),
    blankCells: read.reduce((sum, file) => sum + file.blankCells, 0),
  }
}

const UNREAD: TpmapFile = { encoding: null, parts: [], level: null, rows: 0, readings: [], blankCells: 0, leftOut: 0 }

type Of = { source: SourceId | null; period: Period | null; areas: readonly AreaCode[] }

async function check(tx: Reader, readings: TpmapFile['readings'], { source, period, areas: own }: Of, faults: FaultBook) {
  const codes = [...new Set(readings.map(reading => reading.area))]
  const areas = await listKnownAreas(tx, [...new Set(codes.flatMap(code => [code, ...ancestorsOf(code)]))])
  const earlier = source && period ? await listReadings(tx, source, period, codes) : new Map<AreaCode, AreaCells>()
  const known = { isArea: (code: AreaCode) => areas.has(code), earlier: (code: AreaCode) => earlier.get(code), isMine: (code: AreaCode) => isSeen(code, own) }
  return { ...checkReadings(readings, known, faults), isArea: known.isArea, earlier }
}

function isSeen(code: AreaCode, areas: readonly AreaCode[]): boolean {
  return areas.some(area => isWithin(code, area))
}

/** What files that were imported before say of their rows, read again as they lie in raw. */
export async function readAgain(tx: Reader, files: readonly GivenFile[], source: SourceId, period: Period): Promise<Checked['good']> {
  const faults = makeFaultBook(0)
  const readings = files.flatMap(({ name, bytes }) => readTpmap(name, bytes, faults).readings)
  return (await check(tx, readings, { source, period, areas: [NATION] }, faults)).good
}

type DatedFile = RawFile & { period: Period | null; known: boolean }

/** Finds each file's year: the one that the person gave, the one in its name, or the one it was imported for before. */
async function dateFiles(tx: Reader, given: readonly GivenFile[], { year, areas }: ImportTerms, faults: FaultBook): Promise<DatedFile[]> {
  const asked = year === undefined ? null : periodOf(year)
  if (year !== undefined && asked === null) faults.add('badYear', { file: '', value: year }, {})
  const dated: DatedFile[] = []
  for (const { name, bytes } of given) {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const before = await listPeriodsOf(tx, areas, sha256)
    const period = year === undefined ? periodInName(name) ?? (before.length === 1 ? before[0] as Period : null) : asked
    const known = (period !== null && before.includes(period)) || dated.some(file => file.sha256 === sha256)
    if (period !== null && before.length > 0 && !known) faults.add('otherYear', { file: name, value: period }, { years: before.join(', ') })
    if (period === null && year === undefined) faults.add('noYear', { file: name }, {})
    dated.push({ name, bytes, sha256, period, known })
  }
  return dated
}

/** One import is of one year. */
function onePeriod(files: readonly DatedFile[], faults: FaultBook): Period | null {
  const periods = [...new Set(files.map(file => file.period))]
  if (periods.length > 1 && !periods.includes(null)) faults.add('manyYears', { file: '' }, { years: periods.join(', ') })
  const period = periods.length === 1 ? periods[0] as Period | null : null
  if (period !== null && period > LAST_PERIOD_OF_BMN2560 && files.some(file => !file.known)) faults.add('otherSet', { file: files[0]?.name ?? '', value: period }, {})
  return period
}
