import { expect, test } from 'vitest'
import { opensWithPurpose, readRecordsChoice, recordsQuery } from './data.ts'
import { spotsOf } from './spots.ts'
import { link } from '../base/link.ts'

test('the address says which records; what makes no sense in it is left out', () => {
  const read = (query: string) => Object.fromEntries(Object.entries(readRecordsChoice(new URLSearchParams(query))).filter(([, value]) => value))
  expect(read('area=TH580703&from=2026-11-01&until=&only=faults&q=%20ถ้ำ%20&show=a,b&show=c')).toEqual({ area: 'TH580703', from: '2026-11-01', only: 'faults', q: 'ถ้ำ', show: ['a', 'b', 'c'] })
  expect(read('area=XX&from=yesterday&only=all&purpose=abc')).toEqual({ show: [] })
})

test('another page of the same choice keeps it, a changed choice begins at its first page', () => {
  const choice = readRecordsChoice(new URLSearchParams('area=TH58&q=ถ้ำ&after=k1&show=a,b'))
  expect(decodeURIComponent(link('/x', recordsQuery(choice, { after: 'k2' })))).toBe('/x?area=TH58&q=ถ้ำ&after=k2&show=a,b')
  expect(decodeURIComponent(link('/x', recordsQuery(choice, { area: null })))).toBe('/x?q=ถ้ำ&show=a,b')
})

test('whoever sees personal fields only for a purpose is asked for one, nobody else, and once', () => {
  const me = (role: string) => ({ grants: [{ role }] }) as never
  const withheld = [{ sensitivity: 'personal' }] as never
  expect(opensWithPurpose(me('provincial-integrator'), withheld, undefined)).toBe(true)
  expect(opensWithPurpose(me('provincial-integrator'), withheld, 'ตรวจรายชื่อ')).toBe(false)
  expect(opensWithPurpose(me('analyst'), withheld, undefined)).toBe(false)
  expect(opensWithPurpose(me('provincial-integrator'), [{ sensitivity: 'sensitive' }] as never, undefined)).toBe(false)
})

test('on a map what lies on one spot is one point, this page on top, and what lies elsewhere is counted', () => {
  const frame = { west: 98, north: 20, eastScale: 1000, northScale: 1000, width: 1000, height: 1000 }
  const at = (id: string, lat: number, lon: number) => ({ id, lat, lon, title: id })
  const { spots, outside } = spotsOf(frame, [at('a', 19.5, 98.5), at('b', 19.5001, 98.5001), at('c', 19.2, 98.2), at('far', 13.7, 100.5)], new Set(['a', 'b']))
  expect(outside).toBe(1)
  expect(spots.map(({ id, x, y, more, isHere }) => ({ id, x, y, more, isHere }))).toEqual([{ id: 'c', x: 200, y: 800, more: 0, isHere: false }, { id: 'a', x: 500, y: 500, more: 1, isHere: true }])
})
