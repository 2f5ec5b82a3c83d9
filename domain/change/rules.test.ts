import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AreaCode } from '../base/ids.ts'
import { levelOf, parentOf } from '../area/rules.ts'
import { carry } from '../area/succession.ts'
import { carryFigures, changedAreas, type Row } from '../../engine/measure/carry-figures.ts'
import type { ChangePlan } from './change.ts'
import type { Ground } from './rules.number.ts'
import { layOut } from './rules.ts'

const DAY = '2026-11-20', ABOUT = { day: DAY, reason: 'ประกาศ' }
const ground = (code: string): Ground => ({ code: code as AreaCode, level: levelOf(code as AreaCode), type: code.length === 8 ? 'tambon' : 'muban', name: { th: code, en: code }, parentCode: parentOf(code as AreaCode), point: null, areaKm2: null, hasShape: false })
const tambon = (code: string, villages: number): Ground[] => [ground(code), ...Array.from({ length: villages }, (_, i) => ground(code + String(i + 1).padStart(2, '0')))]
const isKnownIn = (inside: readonly Ground[]) => (code: AreaCode) => inside.some(each => each.code === code)
const split = (parts: string[], homes: number[], share: number): ChangePlan => ({ kind: 'split', area: 'TH580703', heir: parts[0], ...ABOUT, parts: parts.map((code, i) => ({
  code, name: { th: code, en: '' }, share: i === 0 ? share : 1 - share, outline: null, children: homes.flatMap((home, n) => home === i ? [`TH580703${String(n + 1).padStart(2, '0')}`] : []) })) }) as never

/** One tambon, each of its villages in one of two parts, and figures of all of them. */
const Tree = fc.record({ homes: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 15 }), share: fc.integer({ min: 1, max: 99 }).map(n => n / 100), keeps: fc.boolean(), seed: fc.array(fc.nat(1000), { minLength: 16, maxLength: 16 }) })

describe('a split', () => {
  test('shares figures out as a loop over villages and parts does, at either level', () => {
    fc.assert(fc.property(Tree, ({ homes, share, keeps, seed }) => {
      const inside = tambon('TH580703', homes.length), parts = [keeps ? 'TH580703' : 'TH580706', 'TH580705'] as [string, string]
      const layout = layOut(split(parts, homes, share), inside, isKnownIn(inside)), moves = carry(layout.lines.map(line => ({ ...line, day: DAY })), '2026-11-19', DAY)
      const figure = (i: number): Row => ({ numerator: seed[i] as number, denominator: null, status: 'published' })
      const whole = carryFigures(new Map([['TH580703' as AreaCode, figure(0)]]), moves, changedAreas(moves, 8))
      parts.forEach((part, i) => expect(whole.get(part as AreaCode)?.numerator).toBeCloseTo((seed[0] as number) * (i === 0 ? share : 1 - share), 9))
      const villages = carryFigures(new Map(homes.map((_, n) => [inside[n + 1]?.code as AreaCode, figure(n + 1)])), moves, changedAreas(moves, 10))
      homes.forEach((home, n) => {
        const number = String(n + 1).padStart(2, '0'), now = `${parts[home]}${number}` as AreaCode
        if (now !== inside[n + 1]?.code) expect(villages.get(now)?.numerator, now).toBe(seed[n + 1])
      })
    }))
  })

  test('ends what does not go on, begins what was not there, and no two places become one', () => {
    fc.assert(fc.property(Tree, ({ homes, share, keeps }) => {
      const inside = tambon('TH580703', homes.length), { moves, begins, ends } = layOut(split([keeps ? 'TH580703' : 'TH580706', 'TH580705'], homes, share), inside, isKnownIn(inside))
      const left = inside.map(({ code }) => code).filter(code => !ends.includes(code)), there = [...left, ...begins.map(({ code }) => code)]
      expect(new Set(there).size).toBe(there.length)
      expect(there.length).toBe(inside.length + 1)
      for (const { code } of inside) expect(there).toContain(moves.get(code) ?? code)
      const villages = [...moves].filter(([code]) => code.length === 10)
      expect(new Set(villages.map(([, now]) => now)).size).toBe(villages.length)
    }))
  })
})

test('in a merger every village keeps its number where it is free, else gets the next, and none is lost', () => {
  fc.assert(fc.property(fc.nat(20), fc.nat(20), fc.boolean(), (one, other, keeps) => {
    const inside = [...tambon('TH580703', one), ...tambon('TH580704', other)], code = keeps ? 'TH580704' : 'TH580709'
    const plan = { kind: 'merge', areas: ['TH580703', 'TH580704'], code, name: { th: 'รวม', en: '' }, ...ABOUT } as unknown as ChangePlan
    const { moves, ends, begins } = layOut(plan, inside, isKnownIn(inside))
    const villages = inside.filter(({ level }) => level === 'village').map(({ code }) => moves.get(code) ?? code)
    expect(new Set(villages).size).toBe(one + other)
    for (const village of villages) expect(village.startsWith(code)).toBe(true)
    expect([...villages].sort()).toEqual(Array.from({ length: one + other }, (_, i) => code + String(i + 1).padStart(2, '0')))
    expect(begins.length - ends.length).toBe(-1)
  }))
})
