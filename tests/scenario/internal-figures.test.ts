import { beforeAll, describe, expect, test } from 'vitest'
import type { Figure } from '../../domain/figure/figure.ts'
import type { PlaceProfile } from '../../domain/profile/api.ts'
import { serverFor, somebody, type Ask } from '../setup/as.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { publishedProvinces, shareOut, tambonCodes, tpmapFile, type Place } from '../../tools/make-demo/tpmap-files.ts'
import { importFiles } from '../setup/tpmap-imports.ts'

let ask: Ask
const maeHongSon = publishedProvinces().find(province => province.code === '58') as Place
const tambons = shareOut(maeHongSon.cells, tambonCodes('58'))
const targetPoor = (code: string) => tambons.filter(tambon => tambon.code.startsWith(code)).reduce((sum, { cells }) => sum + (cells.get('poor.JPT.MOFval.CNT') as number), 0)
const [own, neighbour] = tambonCodes('58') as [string, string]

beforeAll(async () => {
  const database = await freshDatabase()
  const report = await importFiles(database, { '61_tambol_common.csv': tpmapFile('common', tambons), '61_tambol_poor.csv': tpmapFile('poor', tambons) })
  expect(report).toMatchObject({ outcome: 'imported', counts: { rows: 2 * tambons.length, errors: 0 } })
  ask = (await serverFor(database)).ask
})

async function figures(query: string, viewer?: Parameters<Ask>[1]): Promise<Figure[]> {
  const reply = await ask(`/figures?indicator=target-poor&period=2018&${query}`, viewer)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json().values
}

describe('a tambon integrator of Mae Hong Son', () => {
  const viewer = somebody('tambon-integrator', `TH${own}`)

  test('sees the figure of the own tambon, marked as internal, and of no other', async () => {
    expect(await figures(`area=TH${own}`, viewer)).toMatchObject([{ numerator: targetPoor(own), status: 'reported', internal: true }])
    for (const other of [`TH${neighbour}`, `TH${own.slice(0, 4)}`, 'TH500701']) {
      expect(await figures(`area=${other}`, viewer), other).toEqual(await figures(`area=${other}`))
    }
    const layer = await figures('area=TH58&level=tambon', viewer)
    expect(layer.filter(figure => figure.value !== null).map(figure => [figure.area, figure.numerator, figure.internal])).toEqual([[`TH${own}`, targetPoor(own), true]])
  })

  test('is served a reply that no cache may keep; everyone else the one that anyone has', async () => {
    const mine = await ask(`/figures?indicator=target-poor&area=TH${own}`, viewer), open = await ask(`/figures?indicator=target-poor&area=TH${own}`)
    expect([mine.headers['cache-control'], mine.headers['etag']]).toEqual(['private, no-store', undefined])
    expect(open.headers['cache-control']).toBe('public, max-age=0, must-revalidate')
    expect([mine.headers['vary'], open.headers['vary']].every(vary => /cookie/.test(String(vary)))).toBe(true)
  })

  test('finds it on the place page, in the ranking, in the comparison and in both files too', async () => {
    const profile = (await ask(`/profile/TH${own}`, viewer)).json<PlaceProfile>()
    expect(profile.headlines.find(({ indicator }) => indicator.id === 'target-poor')).toMatchObject({ own: { numerator: targetPoor(own), internal: true }, rank: null })
    const ranks = (await ask(`/ranks?area=TH58&level=tambon&indicator=target-poor&period=2018`, viewer)).json()
    expect([ranks.ranked, ranks.items[0].area, ranks.items[0].numerator]).toEqual([1, `TH${own}`, targetPoor(own)])
    const compared = (await ask(`/compare?areas=TH${own},TH${neighbour}`, viewer)).json()
    expect(compared.rows.find((row: { indicator: { id: string } }) => row.indicator.id === 'target-poor').values.map((figure: Figure) => figure.numerator)).toEqual([targetPoor(own), null])
    for (const file of [`/figures.csv?indicator=target-poor&period=2018&area=TH58&level=tambon`, `/compare.csv?areas=TH${own},TH${neighbour}`]) {
      const lines = (await ask(file, viewer)).body.split('\r\n').filter(line => line.includes(',target-poor,'))
      const known = lines.filter(line => line.includes(',reported,true,'))
      expect(known.map(line => line.split(',')[0])).toEqual([`TH${own}`])
      expect(known[0]).toContain(`,${targetPoor(own)},`)
    }
  })
})

describe('the provincial integrator of Mae Hong Son', () => {
  const viewer = somebody('provincial-integrator', 'TH58')

  test('sees every tambon as the file has it, districts as their sums, and the province as it was published', async () => {
    const layer = await figures('area=TH58&level=tambon', viewer)
    for (const figure of layer.filter(figure => tambonCodes('58').includes(figure.area.slice(2)))) {
      expect([figure.area, figure.numerator, figure.internal]).toEqual([figure.area, targetPoor(figure.area.slice(2)), true])
    }
    const districts = await figures('area=TH58&level=district', viewer)
    expect(districts.map(figure => [figure.area, figure.numerator])).toEqual(districts.map(figure => [figure.area, targetPoor(figure.area.slice(2))]))
    expect(districts.reduce((sum, figure) => sum + (figure.numerator ?? 0), 0)).toBe(targetPoor('58'))
    expect(await figures('area=TH58', viewer)).toEqual(await figures('area=TH58'))
  })

  test('sees nothing below the level that is public in Chiang Mai', async () => {
    expect(await figures('area=TH50&level=tambon', viewer)).toEqual(await figures('area=TH50&level=tambon'))
  })

  test('scattered tambons are seen each, and nothing between them', async () => {
    const some = tambonCodes('58').filter((_, i) => i % 7 === 3)
    const layer = await figures('area=TH&level=tambon', somebody('analyst', ...some.map(code => `TH${code}`)))
    expect(layer.filter(figure => figure.value !== null).map(figure => figure.area).sort()).toEqual(some.filter(code => Number(code.slice(4)) <= 50).map(code => `TH${code}`).sort())
  })
})

test('an auditor, an administrator and a collector see what anyone sees', async () => {
  const open = await figures('area=TH58&level=tambon')
  for (const role of ['auditor', 'administrator', 'collector'] as const) expect(await figures('area=TH58&level=tambon', somebody(role, 'TH58')), role).toEqual(open)
})
