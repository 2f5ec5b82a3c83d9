import { expect, test } from 'vitest'
import { topology } from 'topojson-server'
import type { FeatureCollection } from 'geojson'
import { draw, pathOf, project, unproject, type Boundaries } from './draw.ts'

/** Two square districts side by side on the equator, the western one with an islet of its own. */
const DISTRICTS: FeatureCollection = {
  type: 'FeatureCollection',
  features: [
    { type: 'Feature', properties: { code: 'TH0101' }, geometry: { type: 'MultiPolygon', coordinates: [
      [[[0, -1], [1, -1], [1, 1], [0, 1], [0, -1]]], [[[0, 1.001], [0.001, 1.001], [0.001, 1.002], [0, 1.001]]]] } },
    { type: 'Feature', properties: { code: 'TH0102' }, geometry: { type: 'Polygon', coordinates: [[[1, -1], [2, -1], [2, 1], [1, 1], [1, -1]]] } },
  ],
}
const boundaries = topology({ inside: DISTRICTS }) as unknown as Boundaries

test('two districts fill the box with north up, and the islet that nobody could see is left out', () => {
  const { frame, shapes } = draw(boundaries, { width: 1000, height: 1000 })
  expect(frame.width).toBe(1000)
  expect(frame.height).toBe(1000)
  expect(shapes.map(shape => shape.code)).toEqual(['TH0101', 'TH0102'])
  expect(shapes[0]!.path.match(/M/g)).toHaveLength(1)
  expect(shapes[1]!.middle.x).toBeGreaterThan(shapes[0]!.middle.x)
  expect(shapes[0]!.middle).toEqual({ x: 250, y: 501 })
  expect(shapes[0]!.box.width).toBeCloseTo(500, -1)
})

test('neighbours keep the same border', () => {
  const { shapes } = draw(boundaries, { width: 1000, height: 1000 })
  const corners = (path: string) => { let [x, y] = [0, 0]; return path.slice(1, -1).split(/[l ]/).map((step, i) => {
    const [a, b] = step.split(',').map(Number) as [number, number]
    ;[x, y] = i === 0 ? [a, b] : [x + a, y + b]
    return `${x},${y}`
  }) }
  const shared = corners(shapes[0]!.path).filter(corner => corners(shapes[1]!.path).includes(corner))
  expect(shared).toHaveLength(2)
})

test('a village stands where its coordinates say', () => {
  const { frame } = draw(boundaries, { width: 1000, height: 1000 })
  expect(project(frame, { lat: frame.north, lon: frame.west })).toEqual({ x: 0, y: 0 })
  expect(project(frame, { lat: -1, lon: 2 })).toEqual({ x: 999, y: 1000 })
  for (const at of [{ x: 0, y: 0 }, { x: 730, y: 12 }, { x: 999, y: 1000 }]) expect(project(frame, unproject(frame, at))).toEqual(at)
})

test('one district of a province fills the box alone, and a place without shapes draws nothing', () => {
  const { frame, shapes } = draw(boundaries, { width: 1000, height: 1000 }, 'TH0102')
  expect(shapes.map(shape => shape.code)).toEqual(['TH0102'])
  expect(shapes[0]!.box.height).toBe(frame.height)
  expect(draw(boundaries, { width: 1000, height: 1000 }, 'TH99').shapes).toEqual([])
})

test('a path is written in steps', () => {
  expect(pathOf([[0, 0], [4, 0], [4, -3]])).toBe('M0,0l4,0 0,-3z')
})

test('a district that ended is drawn on days before its end only, unless it is the only outline of what it became', () => {
  const dated = structuredClone(boundaries)
  const [west, east] = (Object.values(dated.objects)[0] as { geometries: { properties: object }[] }).geometries
  Object.assign(west!.properties, { until: '2011-01-01' })
  Object.assign(east!.properties, { from: '2011-01-01' })
  const codesOn = (day: string) => draw(dated, { width: 1000, height: 1000 }, '', day).shapes.map(shape => shape.code)
  expect(codesOn('2010-12-31')).toEqual(['TH0101'])
  expect(codesOn('2011-01-01')).toEqual(['TH0102'])
  Object.assign(west!.properties, { covers: ['TH0103'] })
  expect(codesOn('2011-01-01')).toEqual(['TH0101', 'TH0102'])
})
