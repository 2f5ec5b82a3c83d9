import { expect, test } from 'vitest'
import { checkSeal, hashLine, makeSeal, type ChainLine } from './chain.ts'

const line = (id: number, more: Partial<ChainLine> = {}): ChainLine => ({
  id, area: 'TH580101', at: '2026-01-05T08:00:00.000000Z', cluster: '1', transaction: String(700 + id), actor: null, actorName: null,
  kind: 'person', action: 'person.see', target: null, about: null, reason: null, ...more,
})
const span = { cluster: '1', from: '0', until: '800' }
const kept = [line(1), line(2), line(3)]
const first = makeSeal(null, span, kept)

test('what was sealed and left alone is whole', () => {
  expect(checkSeal(first, null, kept)).toEqual([])
  expect(checkSeal(makeSeal(first, span, [line(4)]), first, [line(4)])).toEqual([])
})

test('a line that was changed, removed or put in is named by its number', () => {
  expect(checkSeal(first, null, [line(1), line(2, { reason: 'nothing' }), line(3)])).toEqual([{ seal: 1, line: 2, what: 'line-changed' }])
  expect(checkSeal(first, null, [line(1), line(3)])).toEqual([{ seal: 1, line: 2, what: 'line-removed' }])
  expect(checkSeal(first, null, [line(1), line(2), line(3), line(9)])).toEqual([{ seal: 1, line: 9, what: 'line-inserted' }])
  expect(checkSeal(first, null, [...kept, line(2, { area: 'TH58' })])).toEqual([{ seal: 1, line: 2, what: 'line-inserted' }])
})

test('two lines that changed places are both named', () => {
  const swapped = [line(1), { ...line(3), id: 2 }, { ...line(2), id: 3 }]
  expect(checkSeal(first, null, swapped).map(fault => fault.line)).toEqual([2, 3])
})

test('a seal that was made again over changed lines breaks the chain after it', () => {
  const second = makeSeal(first, span, [line(4)])
  const forged = makeSeal(null, span, [line(1), line(3)])
  expect(checkSeal(forged, null, [line(1), line(3)])).toEqual([])
  expect(checkSeal(second, forged, [line(4)])).toEqual([{ seal: 2, line: null, what: 'seal-changed' }])
})

test('a seal that was taken out or edited is found', () => {
  const second = makeSeal(first, span, [line(4)])
  expect(checkSeal(second, null, [line(4)])).toEqual([{ seal: 1, line: null, what: 'seal-missing' }])
  expect(checkSeal({ ...first, until: '900' }, null, kept)).toEqual([{ seal: 1, line: null, what: 'seal-changed' }])
})

test('a blank part is not the text “null”, and parts do not flow into each other', () => {
  expect(hashLine(line(1, { reason: 'null' }))).not.toEqual(hashLine(line(1)))
  expect(hashLine(line(1, { target: 'a,b' }))).not.toEqual(hashLine(line(1, { target: 'a', about: 'b' })))
})
