import type { AreaCode } from '../../domain/base/ids.ts'
import { baseProblems } from '../../domain/base/problems.ts'
import type { Lang } from '../../domain/base/text.ts'
import { areaProblems } from '../../domain/area/problems.ts'
import { parentOf } from '../../domain/area/rules.ts'
import type { RankQuery } from '../../domain/figure/api.ts'
import type { Figure, Ranked } from '../../domain/figure/figure.ts'
import { ranksOf } from '../../domain/figure/rules.ts'
import type { Reader } from '../db/db.ts'
import { findArea, type AreaRow } from '../area/read.ts'
import { getCatalogue, getCuts } from './read.catalogue.ts'
import type { Cut } from './read.cuts.ts'
import { listSeen } from './read.internal.ts'
import { listNamed, nameOf } from './read.names.ts'
import { figuresOf } from './read.ts'

export type Ranking = { cut: Cut; total: number; ranked: number; items: Ranked[]; next: string | null }
type Line = { figure: Figure; rank: number | null }

/** A page of the places of a level in order; `after` is the code of the last place of the page before. */
export async function listRanks(tx: Reader, query: RankQuery, lang: Lang, areas: readonly AreaCode[]): Promise<Ranking> {
  if (!await findArea(tx, query.area)) throw areaProblems.notFound({ code: query.area })
  const where = { within: query.area, level: query.level }
  const catalogue = await getCatalogue(tx)
  const [cut] = getCuts(catalogue, query, await listSeen(tx, catalogue, where, areas))
  const figures = await figuresOf(tx, [cut], where, { catalogue, asOf: query.asOf, areas })
  const ranks = ranksOf(figures.map(figure => figure.value), query.order === 'low' ? 'low' : 'high')
  const lines = figures.map((figure, i): Line => ({ figure, rank: ranks[i] ?? null }))
  const names = query.order === 'name' ? await listNamed(tx, figures.map(figure => figure.area), query.asOf, cut.period) : null
  const sorted = sortLines(lines, query.order, names, lang)
  const start = startAfter(sorted, query.after)
  const page = sorted.slice(start, start + query.limit)
  return {
    cut, total: lines.length, ranked: ranks.filter(rank => rank !== null).length,
    items: await nameLines(tx, page, query, cut), next: start + query.limit < sorted.length ? (page.at(-1) as Line).figure.area : null,
  }
}

/** Gaps come last, except where the order has nothing to do with values; ties stand in the order of their codes. */
function sortLines(lines: Line[], order: RankQuery['order'], names: ReadonlyMap<AreaCode, AreaRow> | null, lang: Lang): Line[] {
  if (order === 'code') return lines
  if (names === null) return lines.toSorted((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || 0)
  const collator = new Intl.Collator(lang)
  const keyed = lines.map(line => ({ line, name: nameOf(names.get(line.figure.area))[lang] }))
  return keyed.sort((a, b) => collator.compare(a.name, b.name)).map(({ line }) => line)
}

function startAfter(lines: readonly Line[], after: string | undefined): number {
  if (after === undefined) return 0
  const at = lines.findIndex(line => line.figure.area === after)
  if (at < 0) throw baseProblems.badRequest({ field: 'after', expected: 'the “next” of the page before' })
  return at + 1
}

async function nameLines(tx: Reader, page: readonly Line[], query: RankQuery, cut: Cut): Promise<Ranked[]> {
  const codes = page.flatMap(({ figure: { area } }) => [area, parentOf(area)]).filter(code => code !== null)
  const areas = await listNamed(tx, codes, query.asOf, cut.period)
  return page.map(({ figure, rank }) => {
    const area = areas.get(figure.area) as AreaRow
    const parent = areas.get(parentOf(figure.area) as AreaCode)
    return { ...figure, rank, name: nameOf(area), type: area.type, parentName: parent ? nameOf(parent) : null }
  })
}
