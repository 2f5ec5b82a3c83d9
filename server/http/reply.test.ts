import { expect, test } from 'vitest'
import { freshDatabase, startApp } from '../../tests/setup/fresh.ts'
import { INSIDE } from './asker.ts'
import { handedTo } from './reply.ts'

const app = await startApp(await freshDatabase())
const ADDRESSES = [
  '/profile/TH', '/profile/TH5007', '/profile/TH500701?asOf=then', '/areas/TH50', '/areas?parent=TH500701&level=village', '/indicators', '/indicators/target-poor',
  '/figures?area=TH50&level=district&indicator=registered-population', '/ranks?area=TH&level=province&indicator=target-poor', '/compare?areas=TH50,TH57', '/area-groups', '/area-changes',
]

test('a page is handed, to the last field, what a program reads as text', async () => {
  for (const address of ADDRESSES) {
    const outside = await app.inject(`/api${address}`)
    const inside = await app.inject({ url: `/api${address}`, remoteAddress: INSIDE })
    expect([outside.statusCode, inside.statusCode], address).toEqual([200, 200])
    expect(handedTo(inside.raw.req), address).toStrictEqual(outside.json())
    expect([inside.body, handedTo(outside.raw.req)], address).toEqual(['', undefined])
  }
})

test('a refusal and a file are read by a page as by anybody', async () => {
  for (const address of ['/areas/TH99', '/figures?area=TH', '/figures.csv?area=TH&level=province&indicator=target-poor&lang=th']) {
    const outside = await app.inject(`/api${address}`)
    const inside = await app.inject({ url: `/api${address}`, remoteAddress: INSIDE })
    expect([inside.statusCode, inside.body], address).toEqual([outside.statusCode, outside.body])
    expect(handedTo(inside.raw.req), address).toBeUndefined()
  }
})
