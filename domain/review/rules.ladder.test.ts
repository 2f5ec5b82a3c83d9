import { expect, test } from 'vitest'
import type { Dataset } from '../dataset/dataset.ts'
import { effectOf, type InState } from './rules.ladder.ts'

const STATES: InState[] = [{ state: 'received', count: 50, open: 40 }, { state: 'returned', count: 5, open: 5 }, { state: 'approved', count: 41, open: 30 }, { state: 'verified', count: 8, open: 6 }, { state: 'locked', count: 2, open: 2 }, { state: 'withdrawn', count: 9, open: 9 }]
const dataset = (unit: Dataset['unit'], data_category: string) => ({ unit, catalogue: { data_category } }) as unknown as Dataset
const OPEN = dataset('place', 'ข้อมูลสาธารณะ')

test('what a ladder makes of the records that are there', () => {
  const of = (counts: 'received' | 'approved' | 'verified') => effectOf({ approves: 'tambon', counts }, STATES, OPEN)
  // the public never sees what is not approved, also where it counts provisionally
  expect([of('received'), of('approved'), of('verified')]).toEqual([{ public: 38, counted: 106, provisional: 55 }, { public: 38, counted: 51, provisional: 0 }, { public: 8, counted: 10, provisional: 0 }])
  expect([effectOf({ approves: 'tambon', counts: 'approved' }, STATES, dataset('household', 'ข้อมูลสาธารณะ')).public, effectOf({ approves: 'tambon', counts: 'approved' }, STATES, dataset('place', 'ข้อมูลส่วนบุคคล')).public]).toEqual([0, 0])
})
