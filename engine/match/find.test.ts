import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RecordId } from '../../domain/base/ids.ts'
import type { DatasetUnit } from '../../domain/dataset/dataset.ts'
import { distanceMetres } from '../geo/distance.ts'
import { NEAR_METRES } from './block.ts'
import { findTwins, MOST_IN_GROUP } from './find.ts'
import { parseName } from './name.ts'
import { compare, LEAST_SCORE, type Thing } from './score.ts'

const idOf = (i: number) => RecordId.parse(`00000000-0000-4000-8000-${String(i).padStart(12, '0')}`)
const TAMBONS = ['TH580703', 'TH580704']
const words = ['ปลา', 'ลอด', 'แม่สะงา', 'แม่สงา', 'ผาเสื่อ', 'ผาเสือ', 'ซู่ซ่า', 'หมอแปง', 'จองคำ', 'จองกลาง']
const text = fc.tuple(fc.constantFrom('วัด', 'น้ำตก', 'ถ้ำ', ''), fc.constantFrom(...words), fc.constantFrom('', ...words)).map(parts => parts.join(''))
const thing = fc.record({
  area: fc.tuple(fc.constantFrom(...TAMBONS), fc.constantFrom('01', '02')).map(([tambon, village]) => tambon + village),
  name: fc.option(text.map(parseName), { freq: 8 }), type: fc.option(fc.constantFrom('cave', 'temple')), numbers: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 1 }),
  point: fc.option(fc.record({ lat: fc.double({ min: 19.5, max: 19.52, noNaN: true }), lon: fc.double({ min: 98.2, max: 98.22, noNaN: true }) }), { freq: 3 }),
  born: fc.option(fc.constantFrom('1960', '1960-01-05', '1961', '1990-12-31')), house: fc.option(fc.constantFrom('1', '2', '17/3')),
})
const things = fc.array(thing, { maxLength: MOST_IN_GROUP }).map(all => all.map((one, i): Thing => ({ id: idOf(i), ...one })))

/** Every pair, without thinking. */
function allPairs(unit: DatasetUnit, all: readonly Thing[]) {
  return all.flatMap((a, i) => all.slice(i + 1).map(b => ({ a, b, ...compare(unit, a, b) }))).filter(({ score }) => score >= LEAST_SCORE)
}

/** The textbook's matrix. */
function lettersApart(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) row = row.reduce<number[]>((next, _, j) => [...next, j === 0 ? i : Math.min((next[j - 1] as number) + 1, (row[j] as number) + 1, (row[j - 1] as number) + Number(a[i - 1] !== b[j - 1]))], [])
  return row[b.length] as number
}

/** What blocking promises to compare, said another way. */
function isPromised(unit: DatasetUnit, a: Thing, b: Thing): boolean {
  const isSameTambon = a.area.slice(0, 8) === b.area.slice(0, 8), [x, y] = [a.name?.skeleton ?? '', b.name?.skeleton ?? '']
  return isSameTambon && x !== '' && (x === y || (x.length >= 3 && y.length >= 3 && lettersApart(x, y) <= 1))
    || unit === 'place' && a.point !== null && b.point !== null && distanceMetres(a.point, b.point) <= NEAR_METRES
    || unit !== 'place' && unit !== 'record' && a.numbers.some(number => b.numbers.includes(number))
    || unit === 'household' && a.area === b.area && a.house !== null && a.house === b.house
}

describe('pairs that could be the same', () => {
  test.each(['place', 'record', 'person', 'household'] as const)('of a %s: all that is promised is found, and nothing but what all pairs would give', unit => {
    fc.assert(fc.property(things, all => {
      const found = new Map(findTwins(unit, all).twins.map(twins => [`${twins.one} ${twins.other}`, twins])), oracle = allPairs(unit, all)
      const scores = new Map(oracle.map(({ a, b, score, reasons }) => [`${a.id} ${b.id}`, { score, reasons }]))
      for (const [key, { score, reasons }] of found) expect({ score, reasons }).toEqual(scores.get(key))
      for (const { a, b } of oracle) if (isPromised(unit, a, b)) expect(found.has(`${a.id} ${b.id}`), `${a.name?.core} ${b.name?.core}`).toBe(true)
    }), { numRuns: 60 })
  })

  test('of new ones alone are those in which one of them is', () => {
    fc.assert(fc.property(things, fc.nat(5), (all, i) => {
      const only = new Set([idOf(i), idOf(i + 20)]), isNew = ({ one, other }: { one: RecordId; other: RecordId }) => only.has(one) || only.has(other)
      expect(findTwins('place', all, only).twins).toEqual(findTwins('place', all).twins.filter(isNew))
    }), { numRuns: 40 })
  })

  test('a crowd of one name is not compared each with each, and that is said', () => {
    const all = Array.from({ length: 3000 }, (_, i): Thing => ({ id: idOf(i), area: 'TH58070301', name: parseName('บ่อน้ำตื้น'), type: null, point: null, numbers: [], born: null, house: null }))
    const { compared, crowded } = findTwins('place', all)
    expect(crowded.map(({ records }) => records)).toContain(3000)
    expect(compared).toBeLessThan(3000 * 12 + 1)
  })
})

describe('how probable it is', () => {
  const place = (name: string, lat: number, type: string | null = 'waterfall'): Thing => ({ id: idOf(1), area: 'TH58070301', name: parseName(name), type, point: { lat, lon: 98.2 }, numbers: [], born: null, house: null })
  const person = (name: string, more: Partial<Thing> = {}): Thing => ({ id: idOf(1), area: 'TH58070301', name: parseName(name), type: null, point: null, numbers: [], born: null, house: null, ...more })
  const score = (unit: DatasetUnit, a: Thing, b: Thing) => Math.round(compare(unit, a, b).score * 100) / 100

  test('the sum of its bits: a name alike by 0.8 and more, 40 metres, the same type', () => {
    const bits = Math.log2(1 / 499) + Math.log2(0.12 / 0.006) + Math.log2(0.55 / 0.004) + Math.log2(0.85 / 0.2)
    expect(compare('place', place('น้ำตกแม่สะงา', 19.5), place('น้ำตกแม่สงา', 19.50036)).score).toBeCloseTo(1 / (1 + 2 ** -bits), 10)
  })

  test('a waterfall spelt otherwise forty metres away is the same, its neighbour and its namesake far away are not', () => {
    expect(score('place', place('น้ำตกแม่สะงา', 19.5), place('น้ำตกแม่สงา', 19.50036))).toBeGreaterThan(0.9)
    expect(score('place', place('น้ำตกแม่สะงา', 19.5), place('วัดม่วงสร้อย', 19.50036, 'temple'))).toBeLessThan(0.1)
    expect(score('place', place('น้ำตกแม่สะงา', 19.5), place('น้ำตกแม่สะงา', 19.6))).toBeLessThan(LEAST_SCORE)
  })

  test('a person with the same number is the same though her name changed; one of the same name born elsewhen is not', () => {
    expect(score('person', person('นางสาวสมหญิง ใจดี', { numbers: ['a'] }), person('นางสมหญิง รักษาป่า', { numbers: ['a'] }))).toBeGreaterThan(0.9)
    expect(score('person', person('สมชาย ใจดี', { born: '1960', area: 'TH58070301' }), person('นายสมชาย ใจดี', { born: '1990', area: 'TH58070302' }))).toBeLessThan(LEAST_SCORE)
  })
})
