import { describe, expect, test } from 'vitest'
import { AreaCode, PersonId } from '../base/ids.ts'
import { Role, type Viewer } from '../access/access.ts'
import { RecordState } from '../record/record.ts'
import { ReviewAct } from './review.ts'
import { actsFor, refusalOf } from './rules.ts'

const ME = PersonId.parse('00000000-0000-4000-8000-000000000001'), OTHER = PersonId.parse('00000000-0000-4000-8000-000000000002')
const somebody = (role: Role, area: string) => ({ person: { id: ME }, grants: [{ role, area: AreaCode.parse(area) }], onlyAreas: null }) as unknown as Viewer
const record = (state: RecordState, more: object = {}) => ({ area: AreaCode.parse('TH58070301'), madeBy: OTHER, state, errors: 0, changed: false, ...more })
const LADDER = { approves: 'tambon', counts: 'approved' } as const
const may = (viewer: Viewer, more: object = {}, ladder: Parameters<typeof actsFor>[2] = LADDER) =>
  Object.fromEntries(RecordState.options.map(state => [state, actsFor(viewer, record(state, more), ladder, ReviewAct.options).join(' ')]).filter(([, acts]) => acts !== ''))

describe('what somebody may do to a record of a village', () => {
  const TAMBON = { received: 'return approve reject withdraw', returned: 'approve reject withdraw', approved: 'return reject withdraw', rejected: 'reopen withdraw', withdrawn: 'reopen' }
  const PROVINCE = { received: 'return approve reject withdraw', returned: 'approve reject withdraw', approved: 'return verify lock reject withdraw', verified: 'return lock reject withdraw', locked: 'reopen', rejected: 'reopen withdraw', withdrawn: 'reopen' }
  const table: [Role, string, Record<string, string>][] = [
    ['tambon-integrator', 'TH580703', TAMBON], ['tambon-integrator', 'TH580704', {}], ['tambon-integrator', 'TH58070301', {}], ['provincial-integrator', 'TH58', PROVINCE], ['provincial-integrator', 'TH50', {}],
    ['collector', 'TH580703', {}], ['analyst', 'TH58', {}], ['national-integrator', 'TH', {}], ['auditor', 'TH', {}], ['administrator', 'TH', {}],
  ]
  test.each(table)('as %s of %s', (role, area, acts) => { expect(may(somebody(role, area))).toEqual(acts) })

  test('whoever wrote it down withdraws it until it is approved', () => {
    expect(may(somebody('collector', 'TH580703'), { madeBy: ME })).toEqual({ received: 'withdraw', returned: 'withdraw' })
    expect(may(somebody('collector', 'TH580704'), { madeBy: ME })).toEqual({})
  })

  test('where the province approves, the tambon still returns; where it must verify, nothing else is locked', () => {
    expect(may(somebody('tambon-integrator', 'TH580703'), {}, { ...LADDER, approves: 'province' })).toMatchObject({ received: 'return reject withdraw' })
    expect(may(somebody('provincial-integrator', 'TH58'), {}, { ...LADDER, counts: 'verified' })).toMatchObject({ approved: 'return verify reject withdraw', verified: 'return lock reject withdraw' })
  })

  test('an answer that breaks a rule keeps it from being approved, verified and locked; what changed is looked at first', () => {
    const somsak = somebody('provincial-integrator', 'TH58'), refused = (act: ReviewAct, state: RecordState, more: object) => refusalOf(somsak, act, record(state, more), LADDER)?.code
    expect([refused('approve', 'received', { errors: 1 }), refused('verify', 'approved', { errors: 1 }), refused('lock', 'verified', { errors: 2 }), refused('return', 'received', { errors: 1 })]).toEqual(['review/has-errors', 'review/has-errors', 'review/has-errors', undefined])
    expect([refused('approve', 'received', { changed: true }), refused('return', 'locked', {}), refused('verify', 'received', {})]).toEqual(['review/changed', 'review/locked', 'review/not-now'])
  })
})
