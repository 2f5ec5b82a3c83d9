import type { AreaCode } from '../../domain/base/ids.ts'
import { lastDayOf } from '../../domain/base/period.ts'
import type { AsOf, Figure } from '../../domain/figure/figure.ts'
import { valueOf } from '../../domain/figure/rules.ts'
import { gapOf } from '../../domain/indicator/rules.ts'
import type { Row } from '../../engine/measure/carry-figures.ts'
import type { Reader } from '../db/db.ts'
import { listOverrides, type Overrides } from './read.carry.ts'
import type { Catalogue } from './read.catalogue.ts'
import { cutKey, type Cut } from './read.cuts.ts'
import { listInternal } from './read.internal.ts'
import { listCodes, listRows, type Where } from './read.rows.ts'

/** How numbers are looked at: drawn on the places of which day, and by whom: `areas` is where the asker may see what is below the level that is public. */
export type Look = { catalogue: Catalogue; asOf: AsOf; areas: readonly AreaCode[] }

/**
 * The figures of these cuts for these places: the one definition of a number, whichever route shows it.
 * Every place has a line: a value, or a gap that says why. Cut by cut in their order, places by code.
 * Outside the asker's own areas they see what is open, as anyone does.
 */
export async function figuresOf(tx: Reader, cuts: readonly Cut[], where: Where, { catalogue, asOf, areas }: Look): Promise<Figure[]> {
  const table = await listRows(tx, cuts, where)
  const day = asOf === 'now' ? catalogue.today : asOf
  const changes = day === 'then' ? [] : catalogue.changes
  const overrides: Overrides = day === 'then' ? new Map() : await listOverrides(tx, cuts, where, changes, day)
  const internal = areas.length === 0 ? new Map() as Overrides : await listInternal(tx, cuts, { where, areas, changes, day })
  const figures: Figure[] = []
  const codesOn = new Map<string, AreaCode[]>()
  for (const cut of cuts) {
    const key = cutKey(cut.indicator.id, cut.source.id, cut.period)
    const inner = internal.get(key)
    const rows = overlay(overlay(table.get(key) ?? new Map(), overrides.get(key)), inner)
    const onDay = day === 'then' ? lastDayOf(cut.period) : day
    if (!('codes' in where) && !codesOn.has(onDay)) codesOn.set(onDay, await listCodes(tx, where, onDay))
    const codes = 'codes' in where ? where.codes : withRows(codesOn.get(onDay) as AreaCode[], rows)
    for (const code of codes) figures.push(figureOf(cut, code, rows.get(code), inner?.has(code) ?? false))
  }
  return figures
}

/** A number of a place that no list has on that day is still a number: it is shown, so that the whole is the sum of its parts. */
function withRows(codes: AreaCode[], rows: ReadonlyMap<AreaCode, Row>): AreaCode[] {
  const listed = new Set(codes)
  const others = [...rows.keys()].filter(code => !listed.has(code))
  return others.length === 0 ? codes : [...codes, ...others].sort()
}

function overlay(rows: Map<AreaCode, Row>, overrides: ReadonlyMap<AreaCode, Row | null> | undefined): Map<AreaCode, Row> {
  for (const [area, row] of overrides ?? []) {
    if (row === null) rows.delete(area)
    else rows.set(area, row)
  }
  return rows
}

function figureOf({ indicator, source, period }: Cut, area: AreaCode, row: Row | undefined, internal: boolean): Figure {
  const of = { unit: indicator.unit, source: source.id, version: indicator.version }
  if (row === undefined) return { area, period, numerator: null, denominator: null, value: null, ...of, status: gapOf(source, area), internal: false }
  const { numerator, denominator, status } = row
  return { area, period, numerator, denominator, value: valueOf(indicator.kind, numerator, denominator), ...of, status, internal }
}
