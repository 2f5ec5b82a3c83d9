import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { z } from 'zod'
import type { SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { Indicator, Source } from '../../domain/indicator/indicator.ts'
import type { DatasetFigure } from '../../domain/indicator/rules.dataset.ts'
import { makeTpmapSource } from '../../domain/indicator/rules.ts'
import type { Writer } from '../db/db.ts'
import { loadOnce } from '../db/once.ts'

const FOLDER = fileURLToPath(new URL('../../seed/indicators', import.meta.url))
/** In the order in which a reader finds them. */
const TOPICS = ['poverty', 'people', 'welfare', 'basic-needs', 'agriculture'] as const

/** Loads the definitions of numbers and of where they come from. A definition is never removed: figures may point at it. */
export async function loadIndicators(tx: Writer): Promise<boolean> {
  const files = await Promise.all([...TOPICS, 'sources'].map(name => readFile(`${FOLDER}/${name}.json`, 'utf8')))
  return loadOnce(tx, 'indicators', files, async () => {
    const sources = z.array(Source).parse(JSON.parse(files.at(-1) as string))
    const indicators = files.slice(0, -1).flatMap(file => z.array(Indicator).parse(JSON.parse(file)))
    await keepSources(tx, sources)
    await keepIndicators(tx, indicators)
  })
}

export async function keepSources(tx: Writer, sources: readonly Source[]): Promise<void> {
  await tx.insertInto('core.source').values(sources.map(source => ({ id: source.id, definition: JSON.stringify(source) })))
    .onConflict(conflict => conflict.column('id').doUpdateSet(row => ({ definition: row.ref('excluded.definition') }))).execute()
}

async function keepIndicators(tx: Writer, indicators: readonly Indicator[]): Promise<void> {
  const rows = indicators.map((indicator, position) => ({ id: indicator.id, version: indicator.version, position, definition: JSON.stringify(indicator) }))
  await tx.insertInto('core.indicator').values(rows)
    .onConflict(conflict => conflict.columns(['id', 'version']).doUpdateSet(row => ({ definition: row.ref('excluded.definition'), position: row.ref('excluded.position') }))).execute()
}

/** The source of a year of TPMAP; made when a file of that year comes first. */
export async function getTpmapSource(tx: Writer, id: SourceId, period: Period): Promise<Source> {
  const held = await tx.selectFrom('core.source').select('definition').where('id', '=', id).executeTakeFirst()
  if (held) return held.definition
  const source = makeTpmapSource(id, period)
  await keepSources(tx, [source])
  return source
}

/** Those of datasets stand behind those that are shipped; of several versions of one the last is the one that holds. */
const AFTER_THE_SHIPPED = 10_000

/** Whether the definitions of a dataset's number and of where it comes from are kept as they are now. */
export async function isDatasetIndicatorKept(tx: Writer, { indicator, source }: Pick<DatasetFigure, 'indicator' | 'source'>): Promise<boolean> {
  const { rows: [kept] } = await sql<{ same: boolean }>`
    select (select definition from core.source where id = ${source.id}) = ${JSON.stringify(source)}::jsonb
      and (select definition from core.indicator where id = ${indicator.id} order by position desc limit 1) = ${JSON.stringify(indicator)}::jsonb as same`.execute(tx)
  return kept?.same === true
}

export async function keepDatasetIndicator(tx: Writer, figure: Pick<DatasetFigure, 'indicator' | 'source'>): Promise<void> {
  if (await isDatasetIndicatorKept(tx, figure)) return
  const { indicator, source } = figure
  await keepSources(tx, [source])
  await sql`
    insert into core.indicator as kept (id, version, definition, position)
      select ${indicator.id}, ${indicator.version}, ${JSON.stringify(indicator)}::jsonb, greatest(${AFTER_THE_SHIPPED}, max(position) + 1) from core.indicator
    on conflict (id, version) do update set definition = excluded.definition,
      position = case when kept.position < (select max(position) from core.indicator one where one.id = kept.id) then excluded.position else kept.position end`.execute(tx)
}
