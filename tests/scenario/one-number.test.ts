import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import type { Figure, Ranked } from '../../domain/figure/figure.ts'
import { parseCsv } from '../../engine/table/parse-csv.ts'
import { readAs, SYSTEM } from '../../server/db/scope.ts'
import { freshDatabase, startApp, type Fresh } from '../setup/fresh.ts'

let database: Fresh
let app: FastifyInstance

beforeAll(async () => {
  database = await freshDatabase()
  app = await startApp(database)
})

async function get<T>(path: string): Promise<T> {
  const reply = await app.inject({ url: `/api${path}`, headers: { 'accept-language': 'en' } })
  expect(reply.statusCode, reply.body.slice(0, 300)).toBe(200)
  return (String(reply.headers['content-type']).includes('json') ? reply.json() : reply.body) as T
}
const figures = async (query: string) => (await get<{ values: Figure[] }>(`/figures?${query}`)).values

/** The value of a cell in a CSV file, as a number or the reason for its gap. */
function cellOf(csv: string, area: string, indicator: string): number | string {
  const { header, rows } = parseCsv(csv)
  const at = (name: string) => header.indexOf(name)
  const row = rows.find(({ cells }) => cells[at('code')] === area && cells[at('indicator')] === indicator)?.cells as string[]
  return row[at('value')] === '' ? row[at('status')] as string : Number(row[at('value')])
}

const CELLS: [area: string, level: string, indicator: string, known: number | string][] = [
  ['TH50', 'province', 'target-poor', 54_887 / 975_845],
  ['TH', 'nation', 'target-poor', 1_032_987 / 36_647_817],
  ['TH10', 'province', 'target-poor', 'not-covered'],
  ['TH5007', 'district', 'poor', 'not-published'],
  ['TH500701', 'tambon', 'registered-population', 8_488],
  ['TH5007', 'district', 'rice-yield', NaN],
]

test.each(CELLS)('%s (%s), %s: the map, the ranking, the comparison, the page, the files and the table hold one number', async (area, level, indicator, known) => {
  const [own] = await figures(`area=${area}&indicator=${indicator}`) as [Figure]
  const number = own.value ?? own.status
  if (!Number.isNaN(known)) expect(number).toBe(known)
  const layer = (await figures(`level=${level}&indicator=${indicator}`)).find(figure => figure.area === area) as Figure
  const ranking = await get<{ items: Ranked[] }>(`/ranks?level=${level}&indicator=${indicator}&order=code&limit=1000${level === 'tambon' ? '&area=TH5007' : ''}`)
  const ranked = ranking.items.find(item => item.area === area) as Ranked
  const compared = (await get<{ rows: { indicator: { id: string }; values: Figure[] }[] }>(`/compare?areas=${area},TH51`)).rows.find(row => row.indicator.id === indicator)?.values[0] as Figure
  const headline = (await get<{ headlines: { indicator: { id: string }; own: Figure }[] }>(`/profile/${area}`)).headlines.find(each => each.indicator.id === indicator)?.own as Figure
  for (const figure of [layer, ranked, compared, headline]) expect(figure.value ?? figure.status).toBe(number)
  expect(cellOf(await get(`/figures.csv?area=${area}&indicator=${indicator}`), area, indicator)).toBe(number)
  expect(cellOf(await get(`/compare.csv?areas=${area},TH51`), area, indicator)).toBe(number)
  const { rows } = await readAs(database.app, SYSTEM, tx => sql<{ value: number }>`select numerator / coalesce(denominator, 1) as value from fact.figure
    where area_code = ${area} and indicator_id = ${indicator} and period = ${own.period}`.execute(tx))
  expect(rows.map(row => row.value)).toEqual(typeof number === 'number' ? [number] : [])
})

test.each(['TH50', 'TH10', 'TH5007', 'TH500701'])('the rank on the page of %s is its rank in the ranking of its siblings', async area => {
  const { headlines, siblings } = await get<{ headlines: { indicator: { id: string }; rank: { rank: number; of: number } | null }[]; siblings: { code: string }[] }>(`/profile/${area}`)
  const level = { 4: 'province', 6: 'district', 8: 'tambon' }[area.length]
  for (const { indicator, rank } of headlines) {
    const { items, ranked } = await get<{ items: Ranked[]; ranked: number }>(`/ranks?area=${area.slice(0, -2)}&level=${level}&indicator=${indicator.id}&order=code&limit=1000`)
    expect(items.map(item => item.area)).toEqual(siblings.map(sibling => sibling.code))
    const own = items.find(item => item.area === area)?.rank
    expect(rank, indicator.id).toEqual(own ? { rank: own, of: ranked } : null)
  }
})

type Base = { code: string; n: number }
type Line = { day: string; predecessor: string | null; successor: string | null; share: number }

/** The slow walk: every line of the ledger in the order of its day moves what is in its predecessor; then every area is added up from scratch. */
async function walk(indicator: string, period: string, length: number): Promise<Map<string, number>> {
  const { rows: base } = await readAs(database.app, SYSTEM, tx => sql<Base>`select area_code as code, numerator as n from fact.figure where indicator_id = ${indicator} and period = ${period} and length(area_code) = ${length}`.execute(tx))
  const { rows: ledger } = await sql<Line>`select day, predecessor, successor, share from core.area_change where day > ${`${period}-12-31`} and day <= current_date order by day`.execute(database.app)
  let held = new Map(base.map(({ code, n }) => [code, n]))
  for (const day of new Set(ledger.map(line => line.day))) {
    const lines = ledger.filter(line => line.day === day && line.predecessor && line.successor)
    const next = new Map([...held].filter(([code]) => !lines.some(line => line.predecessor === code)))
    for (const line of lines) {
      const moved = held.get(line.predecessor as string)
      if (moved !== undefined) next.set(line.successor as string, (next.get(line.successor as string) ?? 0) + moved * line.share)
    }
    held = next
  }
  const totals = new Map<string, number>()
  for (const [code, n] of held) for (let end = 2; end <= length; end += 2) totals.set(code.slice(0, end), (totals.get(code.slice(0, end)) ?? 0) + n)
  return totals
}

test.each([
  ['registered-population', '2017', 8, ['nation', 'province', 'district', 'tambon']],
  ['registered-houses', '2019', 8, ['nation', 'province', 'district', 'tambon']],
  ['census-population', '2010', 6, ['nation', 'province', 'district']],
] as const)('%s of %s on the places of today is what the slow walk through the ledger finds, at every level', async (indicator, period, length, levels) => {
  const totals = await walk(indicator, period, length)
  let seen = 0
  for (const level of levels) {
    for (const figure of await figures(`level=${level}&indicator=${indicator}&period=${period}&asOf=now`)) {
      const total = totals.get(figure.area)
      if (total === undefined) expect(figure, figure.area).toMatchObject({ numerator: null, status: 'missing' })
      else expect(figure.numerator, figure.area).toBeCloseTo(total, 6)
      seen += total === undefined ? 0 : 1
    }
  }
  expect(seen).toBe(totals.size)
})

test('as places were, every level is the plain sum of the level below', async () => {
  const { rows } = await readAs(database.app, SYSTEM, tx => sql<{ wrong: number; areas: number }>`
    select count(*) filter (where f.numerator <> s.total)::int as wrong, count(*)::int as areas from fact.figure f
    join (select left(area_code, -2) as code, indicator_id, period, sum(numerator) as total from fact.figure where source_id = 'dopa-population' and area_code <> 'TH' group by 1, 2, 3) s
      on s.code = f.area_code and s.indicator_id = f.indicator_id and s.period = f.period`.execute(tx))
  expect(rows[0]).toEqual({ wrong: 0, areas: (1 + 77 + 928) * 4 * 5 })
})

test('Bueng Kan has a census number today that Nong Khai had then; the nation has the same both times', async () => {
  const of = async (area: string, asOf: string) => (await figures(`area=${area}&indicator=census-population&asOf=${asOf}`))[0] as Figure
  expect(await of('TH38', 'then')).toMatchObject({ numerator: null, status: 'missing' })
  const [buengKan, nongKhaiThen, nongKhaiNow] = [await of('TH38', 'now'), await of('TH43', 'then'), await of('TH43', 'now')]
  expect((buengKan.numerator as number) + (nongKhaiNow.numerator as number)).toBe(nongKhaiThen.numerator)
  expect((await of('TH', 'now')).numerator).toBe((await of('TH', 'then')).numerator)
  const listed = await figures('area=TH43&level=district&indicator=census-population&asOf=then')
  expect(listed.map(figure => figure.area)).toContain('TH4303')
  expect((await figures('area=TH43&level=district&indicator=census-population&asOf=now')).map(figure => figure.area)).not.toContain('TH4303')
})

test('a khwaeng that was divided is an estimate before and a break after', async () => {
  const now = await figures('area=TH1047&level=tambon&indicator=registered-population&period=2019')
  expect(now.map(figure => [figure.area, figure.status])).toEqual([['TH104702', 'estimated'], ['TH104703', 'estimated']])
  const then = await get<{ values: Figure[]; breaks: { area: string; period: string }[] }>('/figures?area=TH104702&indicator=registered-population&period=all&asOf=then')
  expect(then.values.map(figure => figure.period)).toEqual(['2017', '2018', '2019', '2020', '2021'])
  expect(then.breaks.map(each => [each.area, each.period])).toEqual([['TH104702', '2020']])
})

test('a ranking read page by page is the whole list once, in the order that a plain sort gives', async () => {
  const all = (await figures('level=district&indicator=registered-population')).filter(figure => figure.value !== null)
  const items: Ranked[] = []
  for (let after = ''; ;) {
    const page = await get<{ items: Ranked[]; next: string | null; total: number; ranked: number }>(`/ranks?level=district&indicator=registered-population&limit=300${after && `&after=${after}`}`)
    items.push(...page.items)
    expect(page.total).toBe(928)
    if (page.next === null) break
    after = page.next
  }
  expect(items.map(item => item.area)).toEqual([...all].sort((a, b) => (b.value as number) - (a.value as number) || (a.area < b.area ? -1 : 1)).map(figure => figure.area))
  for (const item of items) expect(item.rank).toBe(1 + all.filter(figure => (figure.value as number) > (item.value as number)).length)
})

test('Bangkok comes last in a ranking of what was not asked there, without a rank; names sort as Thais sort them', async () => {
  const { items, total, ranked } = await get<{ items: Ranked[]; total: number; ranked: number }>('/ranks?level=province&indicator=target-poor&order=low&limit=100')
  expect([total, ranked, items[0]?.rank, items.at(-1)?.area, items.at(-1)?.rank]).toEqual([77, 76, 1, 'TH10', null])
  const byName = await app.inject({ url: '/api/ranks?level=province&indicator=target-poor&order=name&limit=100', headers: { 'accept-language': 'th' } })
  const names = (byName.json().items as Ranked[]).map(item => item.name.th)
  expect(names.slice(0, 3)).toEqual(['กระบี่', 'กรุงเทพมหานคร', 'กาญจนบุรี'])
  expect(names.indexOf('เชียงใหม่')).toBeLessThan(names.indexOf('ตรัง'))
})

test('a question about a place, a year or an indicator that is not there says what there is', async () => {
  const ask = async (path: string) => { const reply = await app.inject({ url: `/api${path}`, headers: { 'accept-language': 'en' } }); return [reply.statusCode, reply.json().code] }
  expect(await ask('/figures?area=TH99&indicator=poor')).toEqual([404, 'area/not-found'])
  expect(await ask('/figures?indicator=nonsense')).toEqual([404, 'indicator/not-found'])
  expect(await ask('/figures?indicator=poor&period=1999')).toEqual([404, 'figure/no-such-series'])
  expect((await ask('/compare?areas=TH50'))[1]).toBe('figure/bad-compare')
  expect((await ask('/compare?areas=TH50,TH99'))[1]).toBe('area/not-found')
  expect((await ask('/ranks?level=province&indicator=poor&after=TH99'))[0]).toBe(400)
  expect((await ask('/profile/TH99'))[0]).toBe(404)
})
