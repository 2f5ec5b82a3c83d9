import { expect, test } from 'vitest'
import type { TableFault } from '../../domain/table/table.ts'
import { differsMore, saysMany } from './words.ts'

const fault = (value: string | null, th: string): TableFault => ({ line: 2, column: null, value, code: 'x', weight: 'error', say: { th, en: th } })

test('lines that differ only by what stands in the cell need not say the whole again', () => {
  const alike = { first: [fault('ปาย', 'ไม่รู้ว่า “ปาย” คือที่ใด'), fault('สบป่อง', 'ไม่รู้ว่า “สบป่อง” คือที่ใด')] }
  expect([saysMany(alike, 'th'), differsMore(alike, 'th')]).toEqual([true, false])
  const otherwise = { first: [fault('ปาย', 'ไม่รู้ว่า “ปาย” คือที่ใด'), fault('1', 'ต้องมากกว่า 2')] }
  expect([saysMany(otherwise, 'th'), differsMore(otherwise, 'th')]).toEqual([true, true])
  const same = { first: [fault(null, 'ต้องมีกลุ่มอาหาร'), fault(null, 'ต้องมีกลุ่มอาหาร')] }
  expect([saysMany(same, 'th'), differsMore(same, 'th')]).toEqual([false, false])
})
