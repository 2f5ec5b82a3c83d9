import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AreaCode } from '../base/ids.ts'
import { carry, follow, type KindLine, type LedgerLine } from './succession.ts'

const code = (text: string) => text as AreaCode
const line = (day: string, predecessor: string | null, successor: string | null, share = 1): LedgerLine =>
  ({ day, predecessor: predecessor as AreaCode | null, successor: successor as AreaCode | null, share })
const carriedTo = (changes: LedgerLine[], from: string, to: string, origin: string) => carry(changes, from, to).get(code(origin))

describe('places of a day, found again on a later day', () => {
  const buengKan = [line('2011-01-01', null, 'TH38'), line('2011-01-01', 'TH4303', 'TH3801')]
  const bangNa = [line('2020-01-01', 'TH104701', 'TH104702', 0.4), line('2020-01-01', 'TH104701', 'TH104703', 0.6)]

  test('the district of Bueng Kan counted in 2010 is the town district of the new province', () => {
    expect(carriedTo(buengKan, '2010-12-31', '2021-12-31', 'TH4303')).toEqual([{ code: 'TH3801', share: 1 }])
  })
  test('the last persons of undivided Bang Na are shared out between its two halves', () => {
    expect(carriedTo(bangNa, '2019-12-31', '2020-12-31', 'TH104701')).toEqual([{ code: 'TH104702', share: 0.4 }, { code: 'TH104703', share: 0.6 }])
  })
  test('a change on the day itself has happened by its evening', () => {
    expect(carriedTo(bangNa, '2019-12-31', '2020-01-01', 'TH104701')).toHaveLength(2)
    expect(carry(bangNa, '2020-01-01', '2020-12-31').size).toBe(0)
  })
  test('an area that was created from nothing known and one that ended without a successor move no ground', () => {
    expect(carry([line('2018-01-01', null, 'TH38'), line('2018-01-01', 'TH840905', null)], '2017-01-01', '2021-01-01').size).toBe(0)
  })
  test('a renaming changes nothing', () => {
    expect(carry([line('2020-01-01', 'TH600113', 'TH600113')], '2019-12-31', '2021-01-01').size).toBe(0)
  })
  test('a split of which one part merges with a neighbour later is followed through both', () => {
    const ledger = [line('2001-05-01', 'TH10', 'TH11', 0.25), line('2001-05-01', 'TH10', 'TH12', 0.75), line('2003-05-01', 'TH12', 'TH13'), line('2003-05-01', 'TH14', 'TH13')]
    expect(carriedTo(ledger, '2000-12-31', '2004-12-31', 'TH10')).toEqual([{ code: 'TH11', share: 0.25 }, { code: 'TH13', share: 0.75 }])
    expect(carriedTo(ledger, '2000-12-31', '2004-12-31', 'TH14')).toEqual([{ code: 'TH13', share: 1 }])
  })
  test('two places that exchange their codes on one day do not swallow each other', () => {
    const exchange = [line('2005-01-01', 'TH21', 'TH22'), line('2005-01-01', 'TH22', 'TH21')]
    expect(carriedTo(exchange, '2004-01-01', '2006-01-01', 'TH21')).toEqual([{ code: 'TH22', share: 1 }])
    expect(carriedTo(exchange, '2004-01-01', '2006-01-01', 'TH22')).toEqual([{ code: 'TH21', share: 1 }])
  })
  test('a code that was given away and used again for other ground is not confused with its former self', () => {
    const reuse = [line('2001-01-01', 'TH31', 'TH32'), line('2002-01-01', 'TH33', 'TH31'), line('2003-01-01', 'TH31', 'TH34')]
    expect(carriedTo(reuse, '2000-01-01', '2004-01-01', 'TH31')).toEqual([{ code: 'TH32', share: 1 }])
    expect(carriedTo(reuse, '2000-01-01', '2004-01-01', 'TH33')).toEqual([{ code: 'TH34', share: 1 }])
  })
})

const CODES = ['TH10', 'TH11', 'TH12', 'TH13', 'TH14', 'TH15'].map(code)
const DAYS = Array.from({ length: 12 }, (_, i) => `2020-01-${String(i + 1).padStart(2, '0')}`)

/** Ledgers of twelve days in which each predecessor of a day is shared out wholly. */
const ledgers = fc.uniqueArray(
  fc.record({ day: fc.constantFrom(...DAYS), predecessor: fc.constantFrom(...CODES), to: fc.uniqueArray(fc.tuple(fc.constantFrom(...CODES), fc.integer({ min: 1, max: 9 })), { selector: ([code]) => code, minLength: 1, maxLength: 4 }) }),
  { selector: ({ day, predecessor }) => day + predecessor, maxLength: 14 },
).map(acts => acts.flatMap(({ day, predecessor, to }) => {
  const total = to.reduce((sum, [, weight]) => sum + weight, 0)
  return to.map(([successor, weight]): LedgerLine => ({ day, predecessor, successor, share: weight / total }))
}))
const period = fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 11 })).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)

/** Slow and obvious: one unit on every place, and every day each line moves its part. */
function walk(changes: readonly LedgerLine[], from: number, to: number, origin: AreaCode): Map<AreaCode, number> {
  let units = new Map(CODES.map(code => [code, code === origin ? 1 : 0]))
  for (let day = from + 1; day <= to; day++) {
    const next = new Map(CODES.map(code => [code, 0]))
    for (const [code, amount] of units) {
      const lines = changes.filter(line => line.day === DAYS[day] && line.predecessor === code)
      if (!lines.length) next.set(code, next.get(code)! + amount)
      for (const { successor, share } of lines) next.set(successor!, next.get(successor!)! + amount * share)
    }
    units = next
  }
  return units
}

const unitsOf = (changes: readonly LedgerLine[], from: number, to: number, origin: AreaCode) =>
  new Map((carry(changes, DAYS[from]!, DAYS[to]!).get(origin) ?? [{ code: origin, share: 1 }]).map(({ code, share }) => [code, share]))

describe('any ledger', () => {
  test('carries each place where a walk day by day carries it', () => {
    fc.assert(fc.property(ledgers, period, (changes, [from, to]) => {
      for (const origin of CODES) {
        const carried = unitsOf(changes, from, to, origin)
        for (const [code, amount] of walk(changes, from, to, origin)) expect(carried.get(code) ?? 0).toBeCloseTo(amount, 9)
      }
    }))
  })
  test('conserves every place: its shares add up to 1', () => {
    fc.assert(fc.property(ledgers, period, (changes, [from, to]) => {
      for (const parts of carry(changes, DAYS[from]!, DAYS[to]!).values()) expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
    }))
  })
  test('may be followed in two stages', () => {
    fc.assert(fc.property(ledgers, fc.integer({ min: 0, max: 11 }), (changes, middle) => {
      for (const origin of CODES) {
        const staged = new Map<AreaCode, number>()
        for (const [via, first] of unitsOf(changes, 0, middle, origin)) for (const [code, second] of unitsOf(changes, middle, 11, via)) staged.set(code, (staged.get(code) ?? 0) + first * second)
        for (const [code, amount] of unitsOf(changes, 0, 11, origin)) expect(staged.get(code) ?? 0).toBeCloseTo(amount, 9)
      }
    }))
  })
  test('changes nothing when it is empty, or when no day lies between', () => {
    expect(carry([], '2000-01-01', '2020-01-01').size).toBe(0)
    fc.assert(fc.property(ledgers, fc.constantFrom(...DAYS), (changes, day) => { expect(carry(changes, day, day).size).toBe(0) }))
  })
})

describe('whoever answers for a place', () => {
  const told = (kind: KindLine['kind'], day: string, predecessor: string, successor: string): KindLine => ({ kind, ...line(day, predecessor, successor) })
  const followed = (changes: KindLine[], area: string, from = '2010-01-01') => follow(changes, code(area), from, '2021-01-01')

  test('answers for it under its new code when it moves, and on through later moves', () => {
    const moves = [told('moved', '2011-01-01', 'TH4303', 'TH3801'), told('moved', '2015-01-01', 'TH3801', 'TH3811')]
    expect(followed(moves, 'TH4303')).toEqual(['TH3811'])
    expect(followed(moves, 'TH4303', '2011-01-01')).toEqual(['TH4303'])
    expect(followed(moves, 'TH3801', '2012-01-01')).toEqual(['TH3811'])
  })
  test('answers for all its parts when it is split', () => {
    expect(followed([told('split', '2020-01-01', 'TH104701', 'TH104702'), told('split', '2020-01-01', 'TH104701', 'TH104703')], 'TH104701')).toEqual(['TH104702', 'TH104703'])
  })
  test('does not come to hold the neighbour with which it was put together', () => {
    expect(followed([told('merged', '2015-01-01', 'TH500101', 'TH500102')], 'TH500101')).toEqual([])
    expect(followed([told('moved', '2015-01-01', 'TH500101', 'TH500109'), told('moved', '2015-01-01', 'TH500102', 'TH500109')], 'TH500101')).toEqual([])
  })
  test('keeps a place that is only called differently', () => {
    expect(followed([told('renamed', '2015-01-01', 'TH500101', 'TH500101')], 'TH500101')).toEqual(['TH500101'])
  })
})
