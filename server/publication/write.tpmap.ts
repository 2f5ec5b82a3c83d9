import { randomUUID } from 'node:crypto'
import type { AreaCode, ImportId, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { commonOf, isWithin, levelOf, NATION } from '../../domain/area/rules.ts'
import type { ImportReport } from '../../domain/import/import.ts'
import { TPMAP_FIGURES } from '../../domain/import/tpmap.ts'
import type { Indicator, Source } from '../../domain/indicator/indicator.ts'
import { isPublicLevel } from '../../domain/indicator/rules.ts'
import { lineOf, TPMAP_TOLERANCE } from '../../engine/measure/tpmap-line.ts'
import { rollUp, type Difference, type Rolled, type RolledLine } from '../../engine/measure/roll-up.ts'
import { compareReadings, makeReport, type Comparison } from '../../engine/table/tpmap-report.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { inPlaces } from '../db/scope.ts'
import { replaceFigures } from '../figure/write.ts'
import { listUpperReadings } from '../import/read.ts'
import { sumVillages } from '../import/read.sums.ts'
import { prepareTpmap, type GivenFile, type ImportTerms, type Prepared } from '../import/read.tpmap.ts'
import { createAreas } from '../import/write.areas.ts'
import { keepFile, keepImport, keepReadings, lockImports, type By } from '../import/write.ts'
import { listIndicators } from '../indicator/read.ts'
import { getTpmapSource } from '../indicator/write.ts'
import { publish } from './write.ts'

/** `keepGood`: the rows without an error go in although others have one. `year` wins over the names of the files. */
export type ImportOptions = ImportTerms & { by: By; keepGood?: boolean | undefined }
type Of = { source: Source; period: Period; importId: ImportId }

/**
 * A file becomes raw, fact and open, all in this transaction: checked first, then kept as it came, read, added up and published.
 * With an error and without `keepGood` nothing is written at all.
 */
export async function importTpmap(tx: Writer, given: readonly GivenFile[], options: ImportOptions): Promise<ImportReport> {
  await lockImports(tx)
  const prepared = await prepareTpmap(tx, given, options)
  const { source, period, faults, good, raw } = prepared
  const isMine = good.length > 0 && options.areas.some(area => isWithin(commonOf(good.map(reading => reading.area)), area))
  const refused = faults.errors() > 0 && !(options.keepGood && isMine)
  if (refused || raw.length === 0 || source === null || period === null) return makeReport(prepared, null)
  return keep(tx, prepared, { source: await getTpmapSource(tx, source, period), period, importId: randomUUID() as ImportId }, options)
}

async function keep(tx: Writer, prepared: Prepared, of: Of, { by, areas }: ImportOptions): Promise<ImportReport> {
  const comparison = compareReadings(prepared.good, prepared.earlier)
  const place = commonOf(prepared.good.map(reading => reading.area))
  const fileIds = []
  for (const file of prepared.raw) fileIds.push(await keepFile(tx, file, place, by))
  await keepRows(tx, prepared, comparison, of)
  // The sums above are the house's work, also where the person holds nothing.
  const { lines, differences } = await inPlaces(tx, [NATION], () => addUp(tx, of))
  tellDifferences(prepared, differences.filter(({ area }) => areas.some(own => isWithin(area, own))))
  const publicLines = new Map([...lines].filter(([area]) => isPublicLevel(of.source, levelOf(area))))
  const isNew = comparison.added.length + comparison.changed.length > 0
  const report = makeReport(prepared, {
    id: of.importId, comparison, areasCreated: prepared.newAreas.length, figuresPublished: isNew ? countNumbers(publicLines) : 0, totals: totalsOf(lines),
  })
  await keepImport(tx, of.importId, place, report, fileIds, by)
  if (isNew) await inPlaces(tx, [NATION], () => publishLines(tx, publicLines, of))
  await note(tx, { action: 'import.keep', area: place, target: of.importId })
  return report
}

async function keepRows(tx: Writer, prepared: Prepared, { added, changed }: Comparison, { source, period, importId }: Of): Promise<void> {
  await createAreas(tx, prepared.newAreas, prepared.isArea)
  await keepReadings(tx, [...added, ...changed], { source: source.id, period, importId }, area => isPublicLevel(source, levelOf(area)))
}

/** Every level from what was imported, now or before; where a level was published and its insides too, a difference is told. */
async function addUp(tx: Writer, { source, period }: Pick<Of, 'source' | 'period'>): Promise<Rolled> {
  const { cells, belowTambon } = await listUpperReadings(tx, source.id, period)
  const given = new Map([...cells].map(([area, parts]) => [area, lineOf(parts)]))
  const villages = belowTambon ? await sumVillages(tx, source.id, period) : new Map()
  return rollUp(given, TPMAP_TOLERANCE, villages)
}

/** Makes figures and what is open of a source's year anew from what was read of it. */
export async function addUpAnew(tx: Writer, of: Omit<Of, 'importId'> & { importId: ImportId | null }): Promise<void> {
  const { lines } = await addUp(tx, of)
  await publishLines(tx, new Map([...lines].filter(([area]) => isPublicLevel(of.source, levelOf(area)))), of)
}

function tellDifferences({ files, faults }: Prepared, differences: readonly Difference[]): void {
  const file = files.find(file => !file.known)?.name ?? ''
  for (const { area, index, published, summed } of differences) {
    const { indicator, numerator } = TPMAP_FIGURES[index] as typeof TPMAP_FIGURES[number]
    faults.add('sumDiffers', { file, column: numerator.name, value: area.slice(2) || area }, { indicator, published, summed })
  }
}

async function publishLines(tx: Writer, lines: ReadonlyMap<AreaCode, RolledLine>, { source, period, importId }: Omit<Of, 'importId'> & { importId: ImportId | null }): Promise<void> {
  const known = new Map((await listIndicators(tx)).map(indicator => [indicator.id, indicator]))
  const indicators = TPMAP_FIGURES.map(({ indicator }) => known.get(indicator) as Indicator)
  await replaceFigures(tx, { source: source.id, period, indicators, lines, importId })
  await publish(tx, source.id as SourceId, period)
}

function countNumbers(lines: ReadonlyMap<AreaCode, RolledLine>): number {
  return [...lines.values()].reduce((sum, line) => sum + line.numerator.filter(number => !Number.isNaN(number)).length, 0)
}

/** What a person holds against the publisher's own totals. */
const TOLD_TOTALS = ['households-surveyed', 'persons-surveyed', 'poor', 'target-poor']

function totalsOf(lines: ReadonlyMap<AreaCode, RolledLine>): ImportReport['totals'] {
  const nation = lines.get(NATION)
  return TOLD_TOTALS.flatMap(indicator => {
    const value = nation?.numerator[TPMAP_FIGURES.findIndex(figure => figure.indicator === indicator)] ?? NaN
    return Number.isNaN(value) ? [] : [{ indicator, area: NATION, value }]
  })
}
