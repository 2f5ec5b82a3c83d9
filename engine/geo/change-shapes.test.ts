import { topology } from 'topojson-server'
import { expect, test } from 'vitest'
import type { FeatureCollection, Polygon } from 'geojson'
import type { AreaCode } from '../../domain/base/ids.ts'
import { changeShapes, outlineIn } from './change-shapes.ts'
import { holds, outlinesOf } from './outline.ts'

const square = (west: number, south: number, east: number, north: number): Polygon => ({ type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] })
const file = topology({ areas: { type: 'FeatureCollection', features: [['TH580703', square(98, 19, 99, 20)], ['TH580704', square(99, 19, 100, 20)]].map(([code, geometry]) => ({ type: 'Feature' as const, properties: { code }, geometry: geometry as Polygon })) } as FeatureCollection }, 1e5) as never
const [OLD, NEW] = ['TH580703', 'TH580705'] as AreaCode[] as [AreaCode, AreaCode]
const shapesOn = (changed: never, lon: number) => outlinesOf(changed).filter(shape => holds(shape, lon, 19.5)).map(({ code, from, until, covers }) => ({ code, from, until, covers }))

test('with outlines of all parts the old one stays for the past and each part has its own', () => {
  const changed = changeShapes(file, { code: OLD, day: '2026-11-01', stays: true, parts: [{ code: OLD, outline: square(98, 19, 98.5, 20) }, { code: NEW, outline: { type: 'MultiPolygon', coordinates: [square(98.5, 19, 99, 20).coordinates] } }] }) as never
  expect(shapesOn(changed, 98.2)).toEqual([{ code: OLD, until: '2026-11-01' }, { code: OLD, from: '2026-11-01' }])
  expect(shapesOn(changed, 98.8)).toEqual([{ code: OLD, until: '2026-11-01' }, { code: NEW, from: '2026-11-01' }])
  expect(shapesOn(changed, 99.5)).toEqual([{ code: 'TH580704' }])
  const [ring] = (outlineIn(changed, NEW) as { coordinates: number[][][][] }).coordinates[0] as number[][][]
  for (const [i, [lon, lat]] of (ring as [number, number][]).entries()) { expect(lon).toBeCloseTo([98.5, 99, 99, 98.5, 98.5][i] as number, 4); expect(lat).toBeCloseTo([19, 19, 20, 20, 19][i] as number, 4) }
})

test('without them the old one goes on and says what it covers; nothing of what was given is changed', () => {
  const before = JSON.stringify(file), parts = [{ code: OLD, outline: null }, { code: NEW, outline: square(98.5, 19, 99, 20) }]
  expect(shapesOn(changeShapes(file, { code: OLD, day: '2026-11-01', stays: true, parts }) as never, 98.8)).toEqual([{ code: OLD, covers: [OLD, NEW] }])
  expect(shapesOn(changeShapes(file, { code: OLD, day: '2026-11-01', stays: false, parts: [{ code: NEW, outline: null }] }) as never, 98.8)).toEqual([{ code: OLD, until: '2026-11-01', covers: [NEW] }])
  expect(JSON.stringify(file)).toBe(before)
})
