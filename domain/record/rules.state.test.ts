import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ActKind, RecordState } from './record.ts'
import { countingStates, stateAfter, stateOf, STEPS } from './rules.state.ts'

test('a record is received, returned, corrected, approved, verified and locked', () => {
  expect(stateOf([])).toBe(null)
  const acts: ActKind[] = ['make', 'return', 'update', 'approve', 'verify', 'lock']
  expect(acts.map((_, i) => stateOf(acts.slice(0, i + 1)))).toEqual(['received', 'returned', 'received', 'approved', 'verified', 'locked'])
})

test('a correction of what was approved is looked at anew; one of what is locked changes nothing', () => {
  expect(stateOf(['make', 'approve', 'update'])).toBe('received')
  expect(stateOf(['make', 'approve', 'lock', 'held'])).toBe('locked')
  expect(stateOf(['make', 'approve', 'lock', 'update'])).toBe('locked')
})

test('undoing brings back what stood before, as often as there is something to undo', () => {
  expect(stateOf(['make', 'approve', 'verify', 'undo'])).toBe('approved')
  expect(stateOf(['make', 'approve', 'verify', 'undo', 'undo'])).toBe('received')
  expect(stateOf(['make', 'reject', 'undo', 'approve'])).toBe('approved')
})

test('every act from every state leads where the table says, and nowhere else', () => {
  const kinds = ActKind.exclude(['make', 'undo']).options
  const table = Object.fromEntries(RecordState.options.map(state => [state, kinds.filter(kind => STEPS[kind].from.includes(state)).map(kind => `${kind} → ${stateAfter(state, kind)}`)]))
  expect(table).toEqual({
    received: ['update → received', 'return → returned', 'approve → approved', 'reject → rejected', 'withdraw → withdrawn', 'merge → received', 'join → merged', 'split → received', 'take → received', 'erase → erased'],
    returned: ['update → received', 'approve → approved', 'reject → rejected', 'withdraw → withdrawn', 'merge → received', 'join → merged', 'split → received', 'take → received', 'erase → erased'],
    approved: ['update → received', 'return → returned', 'verify → verified', 'lock → locked', 'reject → rejected', 'withdraw → withdrawn', 'merge → received', 'join → merged', 'split → received', 'take → received', 'erase → erased'],
    verified: ['update → received', 'return → returned', 'lock → locked', 'reject → rejected', 'withdraw → withdrawn', 'merge → received', 'join → merged', 'split → received', 'take → received', 'erase → erased'],
    locked: ['held → locked', 'reopen → received', 'erase → erased'],
    rejected: ['update → received', 'reopen → received', 'withdraw → withdrawn', 'erase → erased'],
    withdrawn: ['update → received', 'reopen → received', 'erase → erased'],
    merged: ['split → received', 'erase → erased'],
    erased: [],
  })
  for (const state of RecordState.options) for (const kind of kinds) if (!STEPS[kind].from.includes(state)) expect(stateAfter(state, kind)).toBe(state)
})

const ACTS = fc.array(fc.constantFrom(...ActKind.options.filter(kind => kind !== 'make')), { maxLength: 12 }).map((acts): ActKind[] => ['make', ...acts])

test('what was merged into another stays so whatever is sent, until it is split or the merging is taken back', () => {
  fc.assert(fc.property(ACTS, acts => {
    const after = (...more: ActKind[]) => stateOf([...acts, ...more]), merged = after('join') === 'merged'
    fc.pre(merged && stateOf(acts) !== 'merged')
    for (const kind of ActKind.options.filter(kind => kind !== 'split' && kind !== 'undo' && kind !== 'make' && kind !== 'erase')) expect(after('join', kind)).toBe('merged')
    expect([after('join', 'undo'), after('join', 'split')]).toEqual([stateOf(acts), 'received'])
  }))
})

test('merging and splitting are undone to what stood before, whatever that was', () => {
  fc.assert(fc.property(ACTS, fc.constantFrom<ActKind>('merge', 'join', 'split'), (acts, kind) => {
    fc.pre(stateOf(acts) !== null)
    expect(stateOf([...acts, kind, 'undo'])).toBe(stateOf(acts))
  }))
})

test('what was erased stays erased, whatever comes after it', () => {
  fc.assert(fc.property(ACTS, ACTS, (before, [, ...after]) => { expect(stateOf([...before, 'erase', ...after])).toBe('erased') }))
})

test('what counts in figures follows from the ladder', () => {
  expect(countingStates({ approves: 'tambon', counts: 'approved' })).toEqual({ counts: ['approved', 'verified', 'locked'], provisional: [] })
  expect(countingStates({ approves: 'tambon', counts: 'verified' }).counts).toEqual(['verified', 'locked'])
  expect(countingStates({ approves: 'tambon', counts: 'received' }).provisional).toEqual(['received', 'returned'])
})
