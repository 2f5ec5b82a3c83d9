import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type Fresh } from '../../tests/setup/fresh.ts'
import { read } from '../db/db.ts'
import { allChanges } from '../area/read.ledger.ts'
import { listIndicators, listSeries, listSources } from '../indicator/read.ts'
import { getCatalogue, type Catalogue } from './read.catalogue.ts'
import { CODE_LENGTH } from './read.cuts.ts'

let database: Fresh, owner: pg.Client

beforeAll(async () => {
  database = await freshDatabase()
  owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
})
afterAll(() => owner.end())

const look = () => read(database.public, getCatalogue)
/** The same, read anew each time and put together cut by cut. */
const lookAnew = () => read(database.public, async (tx): Promise<Omit<Catalogue, 'today'>> => {
  const indicators = await listIndicators(tx), series = await listSeries(tx), sources = new Map((await listSources(tx)).map(source => [source.id, source]))
  const cuts = new Map(indicators.map(indicator => [indicator.id, series.filter(one => one.indicator === indicator.id)
    .filter((one, i, own) => own.findIndex(other => other.period === one.period && other.source === one.source) === i)
    .map(({ source, period }) => ({
      indicator, source: sources.get(source)!, period,
      baseLength: Math.max(...series.filter(one => one.indicator === indicator.id && one.period === period && one.source === source).map(one => CODE_LENGTH[one.level])),
    }))]))
  return { indicators: new Map(indicators.map(indicator => [indicator.id, indicator])), sources, cuts, changes: await allChanges(tx) }
})

/** One of each kind of thing that the catalogue holds is changed, added or taken away. */
const ACTS: [what: string, act: string][] = [
  ['a definition', `update core.indicator set definition = jsonb_set(definition, '{name,en}', '"Target poor, said otherwise"') where id = 'target-poor'`],
  ['a source', `update core.source set definition = jsonb_set(definition, '{name,en}', '"Another name"') where id = 'tpmap-2561'`],
  ['a year', `delete from open.series where period = '2021'`],
  ['a level of a year', `delete from open.series where period = '2020' and level = 'tambon'`],
  ['the ledger', `insert into core.area_change (area_code, kind, day, precision, predecessor, successor, share, source) values ('TH50', 'split', '2022-01-01', 'day', 'TH500701', 'TH500702', 0.5, 'test')`],
  ['a line of the ledger', `update core.area_change set share = 0.25 where source = 'test'`],
]

test('what is kept is what is there, and kept it is', async () => {
  const first = await look()
  expect(first).toMatchObject(await lookAnew())
  expect((await look()).indicators).toBe(first.indicators)
})

test.each(ACTS)('who changes %s and takes it back changes nothing; when it stays, the next reader sees it', async (_, act) => {
  const before = await look()
  await owner.query('begin')
  await owner.query(act)
  expect((await look()).indicators).toBe(before.indicators)
  await owner.query('rollback')
  expect((await look()).indicators).toBe(before.indicators)
  await owner.query(act)
  const after = await look()
  expect(after).not.toEqual(before)
  expect(after).toMatchObject(await lookAnew())
})

test('a day is not kept: it is that of the reader', async () => {
  const { rows: [{ today }] } = await owner.query(`select to_char(now() at time zone 'Asia/Bangkok', 'YYYY-MM-DD') as today`)
  expect((await look()).today).toBe(today)
})
