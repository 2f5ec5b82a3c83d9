import type { AreaChange } from '../../domain/area/area.ts'
import { areaProblems } from '../../domain/area/problems.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { FigureQuery } from '../../domain/figure/api.ts'
import type { Figure } from '../../domain/figure/figure.ts'
import { breaksOf, type Break } from '../../domain/figure/rules.ts'
import { findArea } from '../area/read.ts'
import type { Reader } from '../db/db.ts'
import { getCatalogue, getCuts } from './read.catalogue.ts'
import type { Cut } from './read.cuts.ts'
import { listSeen } from './read.internal.ts'
import { figuresOf } from './read.ts'

export type FigureList = { cuts: [Cut, ...Cut[]]; values: Figure[]; breaks: Break[] }

/** The figures of an area, or of all areas of a level inside it, in one period or in all. */
export async function listFigures(tx: Reader, query: FigureQuery, areas: readonly AreaCode[]): Promise<FigureList> {
  if (!await findArea(tx, query.area)) throw areaProblems.notFound({ code: query.area })
  const where = query.level === undefined ? { codes: [query.area] } : { within: query.area, level: query.level }
  const catalogue = await getCatalogue(tx)
  const cuts = getCuts(catalogue, query, await listSeen(tx, catalogue, where, areas))
  const values = await figuresOf(tx, cuts, where, { catalogue, asOf: query.asOf, areas })
  return { cuts, values, breaks: query.asOf === 'then' && cuts.length > 1 ? listBreaks(cuts, values, catalogue.changes) : [] }
}

/** Drawn as places were, a series may jump because the ground changed. */
function listBreaks(cuts: readonly Cut[], values: readonly Figure[], changes: readonly AreaChange[]): Break[] {
  return breaksOf([...new Set(values.map(figure => figure.area))], cuts.map(cut => cut.period), changes)
}
