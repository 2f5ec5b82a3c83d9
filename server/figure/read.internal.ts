import type { AreaCode } from '../../domain/base/ids.ts'
import { lastDayOf } from '../../domain/base/period.ts'
import type { AreaLevel } from '../../domain/area/area.ts'
import { levelOf, NATION } from '../../domain/area/rules.ts'
import { TPMAP_FIGURES, type TpmapFigure } from '../../domain/import/tpmap.ts'
import type { Source } from '../../domain/indicator/indicator.ts'
import { isPublicLevel } from '../../domain/indicator/rules.ts'
import type { Row } from '../../engine/measure/carry-figures.ts'
import { rollUp, type RolledLine } from '../../engine/measure/roll-up.ts'
import type { Reader } from '../db/db.ts'
import { narrow } from '../db/place.ts'
import { listInside, type Inside } from '../import/read.inside.ts'
import { listReported, listVillages } from '../import/read.sums.ts'
import type { Overrides } from './read.carry.ts'
import type { Catalogue } from './read.catalogue.ts'
import { CODE_LENGTH, cutKey, type Cut } from './read.cuts.ts'
import { carryInto, EVER, groundOf, isSeen, onGround, type Eyes } from './read.ground.ts'
import { isAsked, type Where } from './read.rows.ts'

/** What is asked, and by whom. */
export type Sight = { where: Where } & Eyes

const TAMBON_LENGTH = 8

/**
 * What was read of the places that are asked for, below the level that is public and as deep as is asked, where the asker may see it.
 * A source of which nothing is public stands back where another of that year is public.
 */
export async function listSeen(tx: Reader, { sources, changes, today }: Catalogue, where: Where, areas: readonly AreaCode[]): Promise<Inside[]> {
  const inside = await listRead(tx, { where, areas, changes, day: today })
  const shows = ({ source }: Inside, level: AreaLevel) => isPublicLevel(sources.get(source) as Source, level)
  return inside.filter(one => levelsOf(where).some(level =>
    CODE_LENGTH[level] <= one.baseLength && !shows(one, level) && !inside.some(other => other.period === one.period && shows(other, level))))
}

/**
 * The numbers below the level that is public, in the places where the asker may see them: added up from what was read, by the very
 * rules of the importer. Null: on that day the place holds ground of which the asker sees nothing, or none any more.
 */
export async function listInternal(tx: Reader, cuts: readonly Cut[], sight: Sight): Promise<Overrides> {
  const internal: Overrides = new Map(cuts.map(({ indicator, source, period }) => [cutKey(indicator.id, source.id, period), new Map()]))
  for (const where of depthsOf(sight.where)) {
    if (cuts.every(({ source }) => levelsOf(where).every(level => isPublicLevel(source, level)))) continue
    for (const inside of await listRead(tx, { ...sight, where })) {
      const alike = cuts.filter(cut => cut.source.id === inside.source && cut.period === inside.period)
      if (alike.length > 0) await fill(tx, internal, alike, inside, { ...sight, where })
    }
  }
  return internal
}

function levelsOf(where: Where): AreaLevel[] {
  return 'codes' in where ? where.codes.map(levelOf) : [where.level]
}

function insideOf(where: Where, areas: readonly AreaCode[]): AreaCode[] {
  return 'codes' in where ? where.codes.filter(code => isSeen(code, areas)) : narrow(areas, where.within)
}

/** What was read of the places that are asked for, also under the codes that their ground had before. */
async function listRead(tx: Reader, { where, ...eyes }: Sight): Promise<Inside[]> {
  const places = insideOf(where, eyes.areas), ground = groundOf(places, eyes, EVER)
  return onGround(tx, eyes, ground, () => listInside(tx, [...places, ...ground]))
}

/** Villages are read one by one, everything above them added up. */
function depthsOf(where: Where): Where[] {
  if (!('codes' in where)) return [where]
  return [where.codes.filter(code => !isDeep({ codes: [code] })), where.codes.filter(code => isDeep({ codes: [code] }))]
    .filter(codes => codes.length > 0).map(codes => ({ codes }))
}

function isDeep(where: Where): boolean {
  return 'codes' in where ? where.codes.some(code => code.length > TAMBON_LENGTH) : where.level === 'village' || where.level === 'village-part'
}

async function fill(tx: Reader, internal: Overrides, cuts: readonly Cut[], inside: Inside, { where, ...eyes }: Sight): Promise<void> {
  const figures = TPMAP_FIGURES.filter(figure => cuts.some(cut => cut.indicator.id === figure.indicator))
  const { source } = cuts[0] as Cut
  const isShown = (code: AreaCode) => code !== NATION && isAsked(code, where) && isSeen(code, eyes.areas) && !isPublicLevel(source, levelOf(code))
  const places = insideOf(where, eyes.areas), since = lastDayOf(inside.period), baseLength = baseOf(inside, where)
  const ground = groundOf(places, eyes, since).filter(code => code.length === baseLength)
  const lines = await onGround(tx, eyes, ground, () => listLines(tx, inside, figures, [...places, ...ground], isDeep(where)))
  for (const { indicator, period } of cuts) {
    const table = internal.get(cutKey(indicator.id, source.id, period)) as Map<AreaCode, Row | null>
    const rows = carryInto(rowsOf(lines, figures.findIndex(figure => figure.indicator === indicator.id)), eyes, since, baseLength)
    for (const [code, row] of rows) if (isShown(code)) table.set(code, row)
  }
}

function baseOf({ baseLength }: Inside, where: Where): number {
  return isDeep(where) ? baseLength : Math.min(baseLength, TAMBON_LENGTH)
}

async function listLines(tx: Reader, { source, period }: Inside, figures: readonly TpmapFigure[], places: readonly AreaCode[], deep: boolean): Promise<Map<AreaCode, RolledLine>> {
  if (figures.length === 0) return new Map()
  const asked = { source, period, figures, places }
  if (deep) return rollUp(await listVillages(tx, asked), figures.map(() => 0)).lines
  const { own, villages } = await listReported(tx, asked)
  return rollUp(own, figures.map(() => 0), villages).lines
}

function rowsOf(lines: ReadonlyMap<AreaCode, RolledLine>, place: number): Map<AreaCode, Row> {
  const rows = new Map<AreaCode, Row>()
  for (const [code, { numerator, denominator, own }] of lines) {
    const top = numerator[place] ?? NaN, base = denominator[place] ?? NaN
    if (!Number.isNaN(top)) rows.set(code, { numerator: top, denominator: Number.isNaN(base) ? null : base, status: own[place] ? 'reported' : 'summed' })
  }
  return rows
}
