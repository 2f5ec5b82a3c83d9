import { sql } from 'kysely'
import type { AreaCode, DatasetId, SourceId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Period } from '../../domain/base/period.ts'
import { sourceIdOf, type DatasetFigure } from '../../domain/indicator/rules.dataset.ts'
import type { Touched } from '../count/write.ts'
import { listDatasets } from '../dataset/read.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { changeFigures, dropFigures } from '../figure/write.ts'
import { isDatasetIndicatorKept, keepDatasetIndicator } from '../indicator/write.ts'
import { findDatasetFigure, getThisYear, listSums, periodOf, tellable } from './read.follow.ts'
import { publish } from './write.ts'

const DISTRICT = 6

/** Makes the figures of the datasets anew where counts have changed, and publishes what is different. */
export async function followCounts(tx: Writer, touched: readonly Touched[]): Promise<void> {
  const thisYear = await getThisYear(tx)
  for (const [dataset, changed] of Map.groupBy(touched, ({ dataset }) => dataset)) {
    const figure = await findDatasetFigure(tx, dataset)
    if (!figure) await dropDataset(tx, dataset)
    else await followDataset(tx, dataset, figure, { thisYear, areas: changed.map(({ area }) => area), months: changed.map(({ month }) => month) })
  }
}

/** Datasets whose definition says something else by now: all of their figures anew. */
export async function followDefinitions(tx: Writer): Promise<void> {
  for (const { dataset: { id } } of await listDatasets(tx, null)) {
    const figure = await findDatasetFigure(tx, id)
    if (!figure) await dropDataset(tx, id)
    else if (!await isDatasetIndicatorKept(tx, figure)) await followWhole(tx, id)
  }
}

/** All figures of a dataset, of whatever year is still counted. */
export async function followWhole(tx: Writer, dataset: DatasetId): Promise<void> {
  const figure = await findDatasetFigure(tx, dataset)
  if (!figure) return dropDataset(tx, dataset)
  await followDataset(tx, dataset, figure, { thisYear: await getThisYear(tx), areas: null, months: null })
}

type Changes = { thisYear: Period; /** Null: everywhere, and in all years. */ areas: readonly AreaCode[] | null; months: readonly string[] | null }

async function followDataset(tx: Writer, dataset: DatasetId, figure: DatasetFigure, { thisYear, areas, months }: Changes): Promise<void> {
  const isWhole = areas === null || figure.source.threshold !== undefined
  const places = isWhole ? [figure.area] : [...new Set(areas.map(area => area.slice(0, DISTRICT) as AreaCode))]
  const sums = await listSums(tx, dataset, figure, places, thisYear)
  const periods = months ? months.flatMap(month => periodOf(figure, month, thisYear) ?? []) : [...sums.keys(), ...await listPeriods(tx, figure, thisYear)]
  for (const period of new Set(periods)) {
    const told = tellable(figure, sums.get(period) ?? new Map())
    if (told.size > 0) await keepDatasetIndicator(tx, figure)
    const { indicator, source, status } = figure, upper = sql<boolean>`(${within('area_code', [figure.area])} and length(area_code) <= 4)`
    const changed = await changeFigures(tx, { source: source.id, period, indicator, status, numbers: told }, sql<boolean>`(${within('area_code', places)} or ${upper})`)
    if (changed.length > 0) await publish(tx, source.id, period, changed)
  }
}

/** What happens is counted anew in every year that has a figure; of things only this year is, what they were before stays as it was told. */
async function listPeriods(tx: Writer, { source, lasting }: DatasetFigure, thisYear: Period): Promise<Period[]> {
  if (lasting) return [thisYear]
  const { rows } = await sql<{ period: Period }>`select distinct period from fact.figure where source_id = ${source.id} and ${within('area_code', [NATION])}`.execute(tx)
  return rows.map(({ period }) => period)
}

/** It is not for everyone any more, or not there: nothing of it stays in public. */
async function dropDataset(tx: Writer, id: DatasetId): Promise<void> {
  const source: SourceId = sourceIdOf({ id })
  await dropFigures(tx, source)
  await publish(tx, source)
}
