import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { readAs, SYSTEM } from '../db/scope.ts'
import { freshDatabase, startApp, type Fresh } from '../../tests/setup/fresh.ts'
import { publishedProvinces, shareOut, sumOf, tambonCodes, tpmapFile, type Place } from '../../tools/make-demo/tpmap-files.ts'
import { countRows, importFiles } from '../../tests/setup/tpmap-imports.ts'

let database: Fresh
let app: Awaited<ReturnType<typeof startApp>>
const provinces = publishedProvinces()
const tambons = provinces.flatMap(({ code, cells }) => shareOut(cells, tambonCodes(code)))

beforeAll(async () => {
  database = await freshDatabase()
  app = await startApp(database)
})

async function figure(query: string) {
  const reply = await app.inject(`/api/figures?${query}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json().values as { area: string; numerator: number | null; denominator: number | null; value: number | null; status: string }[]
}

test('the generated tambons add up to the published provinces, so that what follows proves something', () => {
  expect([sumOf(tambons, 'household.CNT'), sumOf(tambons, 'HOUSEMEMBER_CNT'), sumOf(tambons, 'poor.JPT.MOFval.CNT'), sumOf(tambons, 'poor.JPT.CNT')])
    .toEqual([12_935_866, 36_647_817, 1_032_987, 4_405_684])
})

test('the published file of the provinces gives the national totals, 76 provinces and no data for Bangkok', async () => {
  for (const [indicator, total] of [['households-surveyed', 12_935_866], ['persons-surveyed', 36_647_817], ['target-poor', 1_032_987], ['poor', 4_405_684]] as const) {
    expect((await figure(`area=TH&indicator=${indicator}&period=2018`))[0]).toMatchObject({ numerator: total, status: 'summed' })
  }
  const rates = await figure('level=province&indicator=target-poor&period=2018')
  expect(rates.filter(rate => rate.value !== null)).toHaveLength(76)
  expect(rates.find(rate => rate.area === 'TH10')).toMatchObject({ numerator: null, value: null, status: 'not-covered' })
  expect(rates.find(rate => rate.area === 'TH50')).toMatchObject({ numerator: 54_887, denominator: 975_845, value: 54_887 / 975_845, status: 'published' })
})

test('the same bytes again change nothing and say so, whatever the file is called', async () => {
  const files = { '61_tambol_common.csv': tpmapFile('common', tambons), '61_tambol_11111.csv': tpmapFile('poor', tambons) }
  const first = await importFiles(database, files)
  expect(first).toMatchObject({ outcome: 'imported', source: 'tpmap-2561', period: '2018', counts: { errors: 0, warnings: 0, rows: 2 * tambons.length, rowsNew: 2 * tambons.length } })
  const before = await countRows(database)
  const again = await importFiles(database, { 'other name 61.csv': files['61_tambol_common.csv'], '61_tambol_11111.csv': files['61_tambol_11111.csv'] })
  expect(again).toMatchObject({ outcome: 'unchanged', id: null, files: [{ known: true }, { known: true }], problems: [] })
  expect(await countRows(database)).toEqual(before)
})

test('tambons of a year without a province file, in the underscored naming, are added up to the same totals; parts of municipalities count', async () => {
  const report = await importFiles(database, { '62_tambol_common.csv': tpmapFile('common', tambons, 'underscored'), '62_tambol_poor.csv': tpmapFile('poor', tambons, 'underscored') })
  expect(report).toMatchObject({ outcome: 'imported', source: 'tpmap-2562', period: '2019', counts: { errors: 0, warnings: 0 } })
  expect(report.totals).toEqual(expect.arrayContaining([{ indicator: 'target-poor', area: 'TH', value: 1_032_987 }, { indicator: 'persons-surveyed', area: 'TH', value: 36_647_817 }]))
  for (const { code, cells } of provinces) {
    const [row] = await figure(`area=TH${code}&indicator=target-poor&period=2019`)
    expect(row).toMatchObject({ numerator: cells.get('poor.JPT.MOFval.CNT'), denominator: cells.get('HOUSEMEMBER_CNT'), status: 'summed' })
  }
  expect(tambons.some(({ code }) => Number(code.slice(4)) > 50)).toBe(true)
})

test('what was read below the province is internal: it is not in open, and the API says that it is not published', async () => {
  const [tambon] = await figure('area=TH500701&indicator=target-poor&period=2018')
  expect(tambon).toMatchObject({ numerator: null, value: null, status: 'not-published' })
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from open.figure where source_id like 'tpmap-%' and length(area_code) > 4`.execute(database.public)
  expect(rows[0]?.n).toBe(0)
  const internal = await readAs(database.app, SYSTEM, tx => sql<{ publication: string }>`select distinct publication from fact.reading where area_code >= 'TH' and length(area_code) > 4`.execute(tx))
  expect(internal.rows).toEqual([{ publication: 'internal' }])
})

test('villages with letters and ten characters, and municipal parts that no list has, become places of their own and count', async () => {
  const province = provinces.find(({ code }) => code === '58') as Place
  const known = ['580104', ...tambonCodes('58').slice(1, 3), ...tambonCodes('58').slice(10, 40)]
  const villages = shareOut(province.cells, [...known.flatMap(tambon => ['01', '02', 'A9'].map(moo => `${tambon}${moo}01`)), '5801990101', `${known[0]}0102`])
  const report = await importFiles(database, { '63_village_common.csv': tpmapFile('common', villages), '63_village_poor.csv': tpmapFile('poor', villages) })
  expect(report).toMatchObject({ outcome: 'imported', counts: { errors: 0, areasCreated: villages.length + 1 } })
  expect((await figure('area=TH58&indicator=target-poor&period=2020'))[0]).toMatchObject({ numerator: 22_783, denominator: 166_152, status: 'summed' })
  const { rows } = await sql`select code, level, parent_code from open.area where code in ('TH580199', 'TH5801990101', ${`TH${known[0]}A901`}, ${`TH${known[0]}0102`}) order by code`.execute(database.public)
  expect(rows).toEqual([
    { code: `TH${known[0]}0102`, level: 'village-part', parent_code: `TH${known[0]}01` },
    { code: `TH${known[0]}A901`, level: 'village-part', parent_code: `TH${known[0]}` },
    { code: 'TH580199', level: 'municipal-part', parent_code: 'TH5801' },
    { code: 'TH5801990101', level: 'village-part', parent_code: 'TH580199' },
  ].sort((a, b) => a.code < b.code ? -1 : 1))
})

test('districts that do not add up to the published province are told; the published number stays', async () => {
  const province = provinces.find(({ code }) => code === '58') as Place
  const districts = shareOut(province.cells, ['5801', '5802']).map(({ code, cells }) => ({ code, cells: new Map(cells).set('ELDERLY_CNT', (cells.get('ELDERLY_CNT') as number) - 1) }))
  const report = await importFiles(database, { '61_amphur_common.csv': tpmapFile('common', districts) })
  // Its tambons were imported before and still add up to the province: the districts differ from both.
  expect(report.outcome).toBe('imported')
  const differing = report.problems.filter(problem => problem.code === 'import/sum-differs' && problem.column === 'ELDERLY_CNT')
  expect(differing.map(problem => problem.value)).toEqual(expect.arrayContaining(['58']))
  const elderly = province.cells.get('ELDERLY_CNT') as number
  expect((await figure('area=TH58&indicator=elderly&period=2018'))[0]).toMatchObject({ numerator: elderly, status: 'published' })
})

test('a corrected file takes the place of the first, and rates follow the corrected base', async () => {
  const one = (persons: number) => [{ code: '11', cells: new Map((provinces[0] as Place).cells).set('HOUSEMEMBER_CNT', persons) }]
  const poor = tpmapFile('poor', [provinces[0] as Place])
  await importFiles(database, { '64_province_common.csv': tpmapFile('common', one(600_000)), '64_province_poor.csv': poor })
  const report = await importFiles(database, { '64_province_common.csv': tpmapFile('common', one(700_000)) })
  expect(report).toMatchObject({ outcome: 'imported', counts: { rowsNew: 0, rowsChanged: 1, errors: 0 } })
  expect((await figure('area=TH11&indicator=target-poor&period=2021'))[0]).toMatchObject({ numerator: 7_436, denominator: 700_000 })
})
