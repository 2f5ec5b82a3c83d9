import { expect, test } from 'vitest'
import { areaApi } from '../../domain/area/api.ts'
import { figureApi } from '../../domain/figure/api.ts'
import { addressOf, call } from './api.ts'

test('the address of a file of figures is made from the route, in Thai letters too', () => {
  expect(addressOf(figureApi.downloadFigures, { query: { area: 'TH50', indicator: 'target-poor', period: '2018', lang: 'th' } }))
    .toBe('/api/figures.csv?area=TH50&indicator=target-poor&period=2018&lang=th')
  expect(addressOf(areaApi.listAreas, { query: { q: 'แม่ริม' } })).toBe('/api/areas?q=%E0%B9%81%E0%B8%A1%E0%B9%88%E0%B8%A3%E0%B8%B4%E0%B8%A1')
  expect(addressOf(areaApi.getArea, { params: { code: 'TH500701' } })).toBe('/api/areas/TH500701')
})

test('what the API says of a place that is not there becomes what the page says', async () => {
  const problem = { code: 'area/not-found', detail: 'ไม่พบพื้นที่รหัส TH99 ลองค้นหาด้วยชื่อ' }
  const fetch = (async () => new Response(JSON.stringify(problem), { status: 404 })) as typeof globalThis.fetch
  await expect(call(fetch, areaApi.getArea, { params: { code: 'TH99' } })).rejects.toMatchObject({ status: 404, body: { message: problem.detail, code: problem.code } })
})

test('a fault that is not even JSON is still a fault with its status', async () => {
  const fetch = (async () => new Response('Bad gateway', { status: 502 })) as typeof globalThis.fetch
  await expect(call(fetch, areaApi.getArea, { params: { code: 'TH50' } })).rejects.toMatchObject({ status: 502 })
})
