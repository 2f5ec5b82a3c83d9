import { describe, expect, test } from 'vitest'
import { AreaCode } from '../base/ids.ts'
import type { BoardRow, Numbers } from './board.ts'
import { addUp, attentionOf, NOTHING, shareOf, sortBoard, sumTargets } from './rules.ts'

const NOW = new Date('2026-11-26T05:00:00Z'), YESTERDAY = '2026-11-25T05:00:00.000Z', SUMMER = '2026-08-01T05:00:00.000Z'
const numbers = (given: Partial<Numbers>): Numbers => ({ ...NOTHING, last: YESTERDAY, ...given })
const code = (text: string) => AreaCode.parse(text)

describe('why a place wants somebody', () => {
  const table: [string, Partial<Numbers>, number | null, string | null][] = [
    ['nothing ever came', { last: null }, 40, 'never'], ['nothing came and nothing is expected', { last: null }, 0, null], ['nothing for months, and not all is there', { arrived: 10, approved: 10, last: SUMMER }, 40, 'silent'],
    ['nothing for months, and all is there', { arrived: 40, approved: 40, last: SUMMER }, 40, null], ['nothing for months, all approved, nothing said of how many', { arrived: 10, approved: 10, last: SUMMER }, null, null],
    ['twenty to review', { arrived: 100, received: 20, approved: 80 }, 100, 'waiting'], ['six of ten to review', { arrived: 10, received: 6, approved: 4 }, null, 'waiting'], ['one of one to review', { arrived: 1, received: 1 }, null, null],
    ['one returned', { arrived: 10, approved: 9, returned: 1 }, null, 'returned'], ['all is well', { arrived: 10, approved: 8, received: 2 }, 20, null],
  ]
  test.each(table)('%s', (_, given, expected, attention) => { expect(attentionOf(numbers(given), expected, NOW)).toBe(attention) })

  test('the board begins with what never came, then what is silent, then what waits; among equals where most is open', () => {
    const row = (key: string, attention: BoardRow['attention'], received = 0) => ({ key, attention, numbers: numbers({ received }), expected: null }) as unknown as BoardRow
    const rows = [row('a', null), row('b', 'waiting', 20), row('c', 'waiting', 90), row('d', 'never'), row('e', 'silent')], byKey = (a: BoardRow, b: BoardRow) => a.key.localeCompare(b.key)
    expect([sortBoard(rows, 'attention', byKey), sortBoard(rows, 'name', byKey)].map(sorted => sorted.map(({ key }) => key).join(''))).toEqual(['decba', 'abcde'])
  })
})

test('a share is of what is expected, else of what arrived; of nothing there is none', () => {
  expect([shareOf(numbers({ arrived: 50, approved: 20 }), { count: 80 }), shareOf(numbers({ arrived: 50, approved: 20 }), null), shareOf(NOTHING, null), shareOf(NOTHING, { count: 0 })]).toEqual([0.25, 0.4, null, null])
})

test('rows add up, the last of all is the last of any', () => {
  expect(addUp([numbers({ arrived: 2, received: 1, last: SUMMER }), numbers({ arrived: 3, approved: 3 }), NOTHING])).toEqual({ ...NOTHING, arrived: 5, received: 1, approved: 3, last: YESTERDAY })
  expect(addUp([])).toEqual(NOTHING)
})

test('targets inside a place are added up once: a tambon’s own stands for its villages', () => {
  const targets = [['TH5807', 500], ['TH580701', 40], ['TH58070101', 15], ['TH58070302', 7], ['TH580102', 9]].map(([area, expected]) => ({ area: code(area as string), expected: expected as number }))
  expect([sumTargets(code('TH5807'), targets), sumTargets(code('TH580701'), targets), sumTargets(code('TH580702'), targets), sumTargets(code('TH58'), targets)]).toEqual([{ count: 47, of: 2 }, { count: 15, of: 1 }, null, { count: 509, of: 2 }])
})
