import { topology } from 'topojson-server'
import { expect, test } from 'vitest'
import type { FeatureCollection } from 'geojson'
import { readOutline } from './read-outline.ts'

const ring = [[98, 19], [99, 19], [99, 20], [98, 19]], polygon = { type: 'Polygon' as const, coordinates: [ring] }

test('a geometry, a feature, a collection and a topology say the same ground', () => {
  const collection: FeatureCollection = { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: polygon }] }
  for (const given of [polygon, collection.features[0], collection, { type: 'GeometryCollection', geometries: [polygon] }]) expect(readOutline(JSON.stringify(given))).toEqual(polygon)
  const read = readOutline(JSON.stringify(topology({ a: collection }))) as typeof polygon
  expect([read.type, read.coordinates[0]?.length]).toEqual(['Polygon', 4])
  expect(readOutline(JSON.stringify({ ...collection, features: [...collection.features, ...collection.features] }))).toEqual({ type: 'MultiPolygon', coordinates: [[ring], [ring]] })
})

test('what draws no ground is none', () => {
  for (const text of ['', 'null', '{', '[]', '{"type":"Point","coordinates":[98,19]}', '{"type":"FeatureCollection","features":[]}', '{"type":"Topology"}']) expect(readOutline(text), text).toBeNull()
})
