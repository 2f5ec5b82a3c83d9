import type { AreaCode } from '../../domain/base/ids.ts'
import type { AreaChange } from '../../domain/area/area.ts'
import { areaProblems } from '../../domain/area/problems.ts'
import { ancestorsOf } from '../../domain/area/rules.ts'
import type { AsOf, Figure } from '../../domain/figure/figure.ts'
import { breaksOf, ranksOf } from '../../domain/figure/rules.ts'
import type { Dimension } from '../../domain/indicator/indicator.ts'
import type { Headline, PlaceProfile, Series } from '../../domain/profile/api.ts'
import type { Reader } from '../db/db.ts'
import { areaDetail } from '../area/read.detail.ts'
import { areasOn } from '../area/read.list.ts'
import { findArea, type AreaRow } from '../area/read.ts'
import { getCatalogue } from '../figure/read.catalogue.ts'
import { cutKey, type Cut } from '../figure/read.cuts.ts'
import { listSeen } from '../figure/read.internal.ts'
import { nameOf } from '../figure/read.names.ts'
import { figuresOf, type Look } from '../figure/read.ts'
import { isOfCommunity, listProfileCuts, type ProfileCuts } from './read.cuts.ts'

/** Figures by cut, then by place. */
type Book = Map<string, Map<AreaCode, Figure>>
type Pages = { own: AreaCode; above: AreaCode[]; siblings: AreaCode[]; near: Book; beside: Book }

/** Everything that a place's page shows. */
export async function getProfile(tx: Reader, code: AreaCode, asOf: AsOf, areas: readonly AreaCode[]): Promise<PlaceProfile> {
  const row = await findArea(tx, code)
  if (!row) throw areaProblems.notFound({ code })
  const catalogue = await getCatalogue(tx)
  const cuts = listProfileCuts(catalogue, await listSeen(tx, catalogue, { codes: [code] }, areas))
  const siblings = await listSiblings(tx, row)
  const pages = await readPages(tx, row, siblings.map(sibling => sibling.code), cuts, { catalogue, asOf, areas })
  const isShown = (cut: Cut) => !isOfCommunity(cut) || isKnown(cut, pages), latest = cuts.latest.filter(isShown)
  return {
    area: await areaDetail(tx, row),
    siblings: siblings.map(sibling => ({ code: sibling.code, type: sibling.type, name: nameOf(sibling) })),
    headlines: cuts.headlines.filter(isShown).map(cut => headlineOf(cut, pages)),
    dimensions: cuts.dimensions.map(cut => ({ dimension: cut.indicator.dimension as Dimension, headline: headlineOf(cut, pages) })),
    basicNeeds: cuts.basicNeeds.map(cut => headlineOf(cut, pages)),
    series: listSeries(cuts, pages, asOf === 'then' ? catalogue.changes : []),
    missing: missingOf(latest, pages),
    sources: [...new Map(latest.map(({ source }) => [source.id, source])).values()],
  }
}

/** The places of the same kind in the same parent, this one among them; the nation has none beside it. */
async function listSiblings(tx: Reader, { code, level, parent_code: parent }: AreaRow): Promise<AreaRow[]> {
  if (parent === null) return []
  const siblings = await areasOn(tx, parent, level, 'today')
  return siblings.filter(sibling => sibling.parent_code === parent || sibling.code === code)
}

async function readPages(tx: Reader, { code: own, level, parent_code: parent }: AreaRow, siblings: AreaCode[], cuts: ProfileCuts, look: Look): Promise<Pages> {
  const above = ancestorsOf(own)
  const ranked = [...cuts.headlines, ...cuts.dimensions, ...cuts.basicNeeds]
  const all = [...new Map([...cuts.latest, ...cuts.overYears.flat()].map(cut => [keyOf(cut), cut])).values()]
  const near = bookOf(await figuresOf(tx, all, { codes: [own, ...above] }, look), all)
  const beside = bookOf(await figuresOf(tx, ranked, { codes: siblings, within: parent ?? own, level }, look), ranked)
  return { own, above, siblings, near, beside }
}

function bookOf(figures: readonly Figure[], cuts: readonly Cut[]): Book {
  const size = figures.length / Math.max(1, cuts.length)
  return new Map(cuts.map((cut, i) => [keyOf(cut), new Map(figures.slice(i * size, (i + 1) * size).map(figure => [figure.area, figure]))]))
}

function keyOf({ indicator, source, period }: Cut): string {
  return cutKey(indicator.id, source.id, period)
}

const isKnown = (cut: Cut, { own, near }: Pages): boolean => near.get(keyOf(cut))?.get(own)?.value !== null

function headlineOf(cut: Cut, { own, above, siblings, near, beside }: Pages): Headline {
  const figures = near.get(keyOf(cut)) as Map<AreaCode, Figure>
  const values = siblings.map(code => beside.get(keyOf(cut))?.get(code)?.value ?? null)
  const known = values.filter(value => value !== null).length
  // Who sees one place alone learns nothing from its being the first.
  const rank = known > 1 ? ranksOf(values, 'high')[siblings.indexOf(own)] ?? null : null
  return {
    indicator: cut.indicator, source: cut.source.id, period: cut.period, own: figures.get(own) as Figure, parents: above.map(code => figures.get(code) as Figure),
    rank: rank === null ? null : { rank, of: known },
  }
}

function listSeries({ overYears }: ProfileCuts, { own, near }: Pages, changes: readonly AreaChange[]): Series[] {
  return overYears.map(cuts => {
    const { indicator, source } = cuts.at(-1) as Cut
    const values = cuts.map(cut => near.get(keyOf(cut))?.get(own) as Figure)
    const breaks = breaksOf([own], cuts.map(cut => cut.period), changes).map(({ period, change }) => ({ period, change }))
    return { indicator, source: source.id, values, breaks }
  }).filter(series => series.values.some(figure => figure.value !== null))
}

/** What has no number here and why, one line per source and reason. */
function missingOf(latest: readonly Cut[], { own, near }: Pages): PlaceProfile['missing'] {
  const gaps = latest.flatMap(cut => {
    const figure = near.get(keyOf(cut))?.get(own) as Figure
    return figure.value === null && isGap(figure.status) ? [{ indicator: cut.indicator.id, source: cut.source.id, status: figure.status }] : []
  })
  return [...Map.groupBy(gaps, gap => `${gap.source} ${gap.status}`).values()].map(alike => {
    const { source, status } = alike[0] as typeof alike[number]
    return { source, status, indicators: alike.map(gap => gap.indicator) }
  })
}

type Gap = PlaceProfile['missing'][number]['status']

function isGap(status: Figure['status']): status is Gap {
  return status === 'not-covered' || status === 'not-published' || status === 'missing'
}
