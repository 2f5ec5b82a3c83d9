import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import type { Topology } from 'topojson-specification'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Area, AreaDetail, ShapeProperties } from '../../domain/area/area.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import { freshDatabase, startApp, type Fresh } from '../setup/fresh.ts'

let app: FastifyInstance
let database: Fresh
beforeAll(async () => { database = await freshDatabase(); app = await startApp(database) })

const detail = async (code: string): Promise<AreaDetail> => (await app.inject(`/api/areas/${code}`)).json()
async function shapes(code: string, level: string): Promise<{ text: string; properties: ShapeProperties[] }> {
  const { href } = (await detail(code)).boundaries.find(file => file.level === level)!
  const text = (await app.inject(href)).body
  const topology: Topology = JSON.parse(text)
  return { text, properties: Object.values(topology.objects).flatMap(object => 'geometries' in object ? object.geometries.map(each => each.properties as ShapeProperties) : []) }
}

describe('boundaries', () => {
  test('every area with a shape has it in the files of its parents, and no other has', async () => {
    const drawn = new Set<string>()
    const provinces = (await shapes('TH', 'province')).properties
    for (const { code } of provinces) for (const level of ['district', 'tambon']) (await shapes(code, level)).properties.forEach(each => drawn.add(each.code))
    const listed = await database.public.selectFrom('open.area').select('code').where('has_shape', '=', true).where('level', 'in', ['district', 'tambon']).execute()
    expect([...drawn].sort()).toEqual(listed.map(area => area.code).sort())
    expect(provinces).toHaveLength(77)
  })
  test('the tambons of the largest province take less than 60 KB on the way', async () => {
    expect(gzipSync((await shapes('TH30', 'tambon')).text).length).toBeLessThan(60_000)
  })
  test('may be kept for ever, because the address names the content', async () => {
    const { href } = (await detail('TH50')).boundaries[0]!
    const reply = await app.inject(href)
    expect(reply.headers['cache-control']).toContain('immutable')
    expect(reply.headers['content-type']).toContain('application/topo+json')
    expect((await app.inject(href.replace(/boundaries\/\w+/, 'boundaries/older'))).statusCode).toBe(404)
    expect((await app.inject(href.replace(/[^/]+$/, 'village'))).json()).toMatchObject({ code: 'area/no-boundaries' })
  })
  test('a district is drawn from the file of its province', async () => {
    expect((await detail('TH5007')).boundaries).toEqual((await detail('TH50')).boundaries.filter(file => file.level === 'tambon'))
  })
  test('thirteen khwaeng without a shape are named by the older outlines that cover them', async () => {
    const { properties } = await shapes('TH10', 'tambon')
    const without = await database.public.selectFrom('open.area').select('code').where('level', '=', 'tambon').where('has_shape', '=', false).where('valid_until', 'is', null).execute()
    const covered = properties.flatMap(each => each.covers ?? [])
    expect(without).toHaveLength(13)
    expect(covered).toEqual(expect.arrayContaining(without.map(area => area.code)))
  })
})

describe('which areas hold a point', () => {
  const at = async (lat: number, lon: number) => ((await app.inject(`/api/areas/at?lat=${lat}&lon=${lon}`)).json() as { items: Area[] }).items.map(area => area.name.en)

  test('a house in Rim Tai lies in Mae Rim, Chiang Mai, Thailand', async () => {
    expect(await at(18.9167, 98.9667)).toEqual(['Rim Tai', 'Mae Rim', 'Chiang Mai', 'Thailand'])
  })
  test('every tambon holds its own middle, or a neighbour does where it is bent', async () => {
    const tambons = await database.public.selectFrom('open.area').select(['code', 'lat', 'lon']).where('level', '=', 'tambon').where('code', '>', 'TH94' as AreaCode).where('code', '<', 'TH95' as AreaCode).execute()
    const found = await Promise.all(tambons.map(async tambon => (await app.inject(`/api/areas/at?lat=${tambon.lat}&lon=${tambon.lon}`)).json().items[0]?.code === tambon.code))
    expect(found.filter(Boolean).length / found.length).toBeGreaterThan(0.95)
  })
  test('in divided Bang Na only the district is certain', async () => { expect(await at(13.667, 100.6)).toEqual(['Bang Na', 'Bangkok', 'Thailand']) })
  test('the open sea and a foreign land are in no area', async () => {
    expect(await at(9, 101.5)).toEqual([])
    expect(await at(48.2, 16.37)).toEqual([])
  })
  test('a point that is none is refused with the field', async () => {
    const reply = await app.inject('/api/areas/at?lat=north&lon=100')
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({ code: 'base/bad-request' })
  })
})
