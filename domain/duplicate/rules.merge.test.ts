import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RecordId } from '../base/ids.ts'
import { giveBack, mergeWholes, splitValues, type Whole } from './rules.merge.ts'

const [A, B] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'].map(id => RecordId.parse(id)) as [RecordId, RecordId]
const row = (repeat: string, position: number, parent: number | null, name: string) => ({ repeat, position, parent, values: { name } })
const older: Whole = { id: A, values: { title: 'ถ้ำปลา', phone: '053' }, rows: [row('/d/plot', 1, null, 'นา'), row('/d/plot/crop', 1, 1, 'ข้าว')], changedAt: '2026-01-01T00:00:00Z' }
const newer: Whole = { id: B, values: { title: 'ถ้ำปลา-ผาเสื่อ', fee: 20 }, rows: [row('/d/plot', 1, null, 'สวน'), row('/d/plot/crop', 1, 1, 'ส้ม')], changedAt: '2026-02-01T00:00:00Z' }
const REPEATS = ['/d/plot']

describe('two records as one', () => {
  test('without a choice the newer answer stands, and what only one of them answers', () => {
    const { values, sources } = mergeWholes([older, newer], REPEATS, {})
    expect(values).toEqual({ title: 'ถ้ำปลา-ผาเสื่อ', phone: '053', fee: 20 })
    expect(Object.fromEntries(sources)).toEqual({ title: B, phone: A, fee: B })
    expect(mergeWholes([older, newer], REPEATS, { title: A }).values.title).toBe('ถ้ำปลา')
  })

  test('rows stay the survivor’s, or are the other’s, or stand one behind the other with what stands in them', () => {
    const names = (choice?: RecordId | 'both') => mergeWholes([older, newer], REPEATS, choice ? { '/d/plot': choice } : {}).rows.map(({ from, row }) => [from === A ? 'A' : 'B', row.position, row.parent, row.values.name].join(' '))
    expect([names(), names(B)]).toEqual([['A 1  นา', 'A 1 1 ข้าว'], ['B 1  สวน', 'B 1 1 ส้ม']])
    expect(names(RecordId.parse('00000000-0000-4000-8000-00000000000c'))).toEqual(names())
    expect(names('both')).toEqual(['A 1  นา', 'A 1 1 ข้าว', 'B 2  สวน', 'B 2 2 ส้ม'])
  })

  const answers = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2', '3'))
  test('taken apart again: what nobody changed since is as it was before, what somebody changed stays', () => {
    fc.assert(fc.property(answers, answers, answers, (before, taken, changed) => {
      expect(giveBack(taken, before, taken)).toEqual(before)
      const now = { ...taken, ...changed }, back = giveBack(now, before, taken)
      for (const key of Object.keys(changed)) if (changed[key] !== taken[key]) expect(back[key]).toBe(changed[key])
    }))
  })

  test('one as two: every answer is in one of them at least', () => {
    fc.assert(fc.property(answers, fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('both' as const, 'stays' as const, 'goes' as const)), (values, ways) => {
      const { stays, goes } = splitValues(values, ways)
      expect({ ...stays, ...goes }).toEqual(values)
    }))
  })
})
