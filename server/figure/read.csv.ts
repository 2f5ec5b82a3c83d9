import type { AreaCode } from '../../domain/base/ids.ts'
import type { Lang } from '../../domain/base/text.ts'
import type { FigureQuery } from '../../domain/figure/api.ts'
import type { AsOf, Figure } from '../../domain/figure/figure.ts'
import { figuresCsv, type FigureLine } from '../../engine/table/figures-csv.ts'
import type { Reader } from '../db/db.ts'
import { compareAreas } from './read.compare.ts'
import type { Cut } from './read.cuts.ts'
import { listFigures } from './read.list.ts'
import { listNamed, nameOf } from './read.names.ts'
import { getToday } from './read.rows.ts'

export type CsvFile = { name: string; body: string }

/** The very figures of `listFigures` as a file. */
export async function figuresFile(tx: Reader, query: FigureQuery, lang: Lang, areas: readonly AreaCode[]): Promise<CsvFile> {
  const { cuts, values } = await listFigures(tx, query, areas)
  const periods = query.period === 'all' ? 'all' : cuts[0].period
  const name = ['rakkaeo', query.indicator, query.area, query.level, periods, ...(query.asOf === 'now' ? [] : [query.asOf])].filter(Boolean).join('_')
  return { name: `${name}.csv`, body: await bodyOf(tx, cuts, values, query.asOf, lang) }
}

/** The very rows of `compareAreas` as a file. */
export async function compareFile(tx: Reader, list: string, asOf: AsOf, lang: Lang, own: readonly AreaCode[]): Promise<CsvFile> {
  const { areas, rows } = await compareAreas(tx, list, asOf, own)
  const lines = await Promise.all(rows.map(row => linesOf(tx, [row.cut], row.values, asOf)))
  return { name: `rakkaeo_compare_${areas.join('_')}.csv`, body: figuresCsv(lines.flat(), lang, await getToday(tx)) }
}

async function bodyOf(tx: Reader, cuts: readonly Cut[], values: readonly Figure[], asOf: AsOf, lang: Lang): Promise<string> {
  return figuresCsv(await linesOf(tx, cuts, values, asOf), lang, await getToday(tx))
}

async function linesOf(tx: Reader, cuts: readonly Cut[], values: readonly Figure[], asOf: AsOf): Promise<FigureLine[]> {
  const lines: FigureLine[] = []
  for (const { indicator, source, period } of cuts) {
    const figures = values.filter(figure => figure.period === period)
    const names = await listNamed(tx, figures.map((figure): AreaCode => figure.area), asOf, period)
    for (const figure of figures) lines.push({ figure, indicator, source, name: nameOf(names.get(figure.area)) })
  }
  return lines
}
