import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AreaCode } from '../../domain/base/ids.ts'
import { ancestorsOf } from '../../domain/area/rules.ts'
import { carryFigures, changedAreas, type Moves, type Row } from './carry-figures.ts'

const code = (text: string) => AreaCode.parse(text)
const people = (numerator: number): Row => ({ numerator, denominator: null, status: 'published' })
const moves = (...lines: [string, [string, number][]][]): Moves => new Map(lines.map(([from, to]) => [code(from), to.map(([area, share]) => ({ code: code(area), share }))]))

test('when Bueng Kan was made of districts of Nong Khai, both provinces change and the nation does not', () => {
  const ledger = moves(['TH4303', [['TH3801', 1]]])
  expect([...changedAreas(ledger, 6)].sort()).toEqual(['TH38', 'TH3801', 'TH43', 'TH4303'])
  const base = new Map([[code('TH4301'), people(100)], [code('TH4303'), people(40)]])
  expect(Object.fromEntries(carryFigures(base, ledger, changedAreas(ledger, 6)))).toEqual({
    TH3801: people(40), TH38: { ...people(40), status: 'summed' }, TH43: { ...people(100), status: 'summed' },
  })
})

test('a khwaeng that was divided is shared out as an estimate; its khet keeps its number', () => {
  const ledger = moves(['TH104701', [['TH104702', 0.75], ['TH104703', 0.25]]])
  const changed = changedAreas(ledger, 8)
  expect([...changed].sort()).toEqual(['TH104701', 'TH104702', 'TH104703'])
  const carried = carryFigures(new Map([[code('TH104701'), people(4)], [code('TH104702'), people(10)]]), ledger, changed)
  expect(Object.fromEntries(carried)).toEqual({ TH104702: { ...people(13), status: 'estimated' }, TH104703: { ...people(1), status: 'estimated' } })
})

test('a district has all of a tambon that was divided inside it, whatever else moves in: its number is no estimate, unless ground left or came in part', () => {
  const [divided, whole] = [['TH580703', [['TH580703', 0.6], ['TH580705', 0.4]]], ['TH580601', [['TH580708', 1]]]] as [string, [string, number][]][]
  const statuses = (...lines: [string, [string, number][]][]) => {
    const ledger = moves(...lines), base = new Map(['TH580601', 'TH580602', 'TH580703', 'TH580704'].map(area => [code(area), { ...people(1013), status: 'reported' as const }]))
    return Object.fromEntries([...carryFigures(base, ledger, changedAreas(ledger, 8))].map(([area, { numerator, status }]) => [area, `${status} ${numerator.toFixed(1)}`]))
  }
  expect(statuses(divided!)).toEqual({ TH580703: 'estimated 607.8', TH580705: 'estimated 405.2' })
  expect(statuses(divided!, whole!)).toEqual({ TH580703: 'estimated 607.8', TH580705: 'estimated 405.2', TH580708: 'reported 1013.0', TH5806: 'summed 1013.0', TH5807: 'summed 3039.0' })
  expect(statuses(['TH580703', [['TH580703', 0.6], ['TH580650', 0.4]]])).toMatchObject({ TH5806: 'estimated 2431.2', TH5807: 'estimated 1620.8' })
})

test('a ledger of another level than the figures changes nothing', () => {
  expect(changedAreas(moves(['TH4303', [['TH3801', 1]]]), 8).size).toBe(0)
})

const tambon = fc.tuple(fc.integer({ min: 10, max: 12 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .map(numbers => code('TH' + numbers.map(number => String(number).padStart(2, '0')).join('')))
const ledgers = fc.dictionary(tambon, fc.uniqueArray(tambon, { minLength: 1, maxLength: 3 })).map(lines =>
  new Map(Object.entries(lines).map(([from, to]) => [from as AreaCode, to.map(area => ({ code: area, share: 1 / to.length }))])))
const counts = fc.dictionary(tambon, fc.nat(1000), { minKeys: 1 }).map(all => new Map(Object.entries(all) as [AreaCode, number][]))

/** The slow walk: moves every number, then adds up every area from scratch. */
function walk(base: Map<AreaCode, number>, ledger: Moves): Map<AreaCode, number> {
  const totals = new Map<AreaCode, number>()
  for (const [from, n] of base) {
    for (const { code: to, share } of ledger.get(from) ?? [{ code: from, share: 1 }]) {
      for (const area of [to, ...ancestorsOf(to)]) totals.set(area, (totals.get(area) ?? 0) + n * share)
    }
  }
  return totals
}

test('on any ledger the areas that changed have the numbers of the slow walk, and the others had them all along', () => {
  fc.assert(fc.property(counts, ledgers, (base, ledger) => {
    const changed = changedAreas(ledger, 8)
    const carried = carryFigures(new Map([...base].map(([area, n]) => [area, people(n)])), ledger, changed)
    const now = walk(base, ledger), then = walk(base, new Map())
    for (const area of new Set([...now.keys(), ...then.keys()])) {
      const fast = changed.has(area) ? carried.get(area)?.numerator : then.get(area)
      expect(fast ?? 0).toBeCloseTo(now.get(area) ?? 0, 6)
    }
  }))
})
