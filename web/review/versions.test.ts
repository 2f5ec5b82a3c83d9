import { expect, test } from 'vitest'
import type { Answer, RecordAct } from '../../domain/record/record.ts'
import { actsBetween, differencesOf, versionsOf } from './versions.ts'

const act = (kind: RecordAct['kind'], day: number, byName: string, changes: Record<string, [Answer | null, Answer | null]> = {}): RecordAct => ({
  kind, at: `2026-11-${String(day).padStart(2, '0')}T05:00:00.000Z`, by: null, byName, reason: kind === 'return' ? 'ชื่อไม่ครบ' : null, fields: [], version: '1', client: null,
  changes: Object.entries(changes).map(([key, [before, after]]) => ({ key, label: { th: key, en: key }, before, after })),
})
/** The latest first, as a history is told. */
const HISTORY = [
  act('update', 9, 'คำแก้ว', { title: ['ถ้ำปลา', 'ถ้ำปลาใหญ่'], phone: ['0812345678', null] }), act('reopen', 8, 'สมศักดิ์'), act('held', 7, 'ใครคนหนึ่ง', { title: ['ถ้ำปลา', 'ถ้ำอื่น'] }), act('lock', 6, 'สมศักดิ์'), act('approve', 5, 'มะลิ'),
  act('update', 4, 'คำแก้ว', { title: ['ถ้ำ', 'ถ้ำปลา'], rooms: [null, 3] }), act('return', 3, 'มะลิ'), act('make', 2, 'คำแก้ว', { title: [null, 'ถ้ำ'], phone: [null, '0812345678'] }),
]

test('any two versions are compared field by field, over whatever lies between them; what was held is none', () => {
  const versions = versionsOf(HISTORY), [first, second, third] = versions as [typeof versions[0], typeof versions[0], typeof versions[0]]
  expect(versions.map(({ n, kind, values }) => [n, kind, Object.fromEntries(values)])).toEqual([
    [1, 'make', { title: 'ถ้ำ', phone: '0812345678' }], [2, 'update', { title: 'ถ้ำปลา', phone: '0812345678', rooms: 3 }], [3, 'update', { title: 'ถ้ำปลาใหญ่', rooms: 3 }],
  ])
  const told = (of: ReturnType<typeof differencesOf>) => Object.fromEntries(of.map(({ key, before, after }) => [key, [before, after]]))
  expect(told(differencesOf(first, third, HISTORY))).toEqual({ title: ['ถ้ำ', 'ถ้ำปลาใหญ่'], phone: ['0812345678', null], rooms: [null, 3] })
  expect(told(differencesOf(third, second, HISTORY))).toEqual({ title: ['ถ้ำปลาใหญ่', 'ถ้ำปลา'], phone: [null, '0812345678'] })
  expect(differencesOf(second, second, HISTORY)).toEqual([])
  expect(actsBetween(first, second, HISTORY).map(({ kind, reason }) => [kind, reason])).toEqual([['return', 'ชื่อไม่ครบ'], ['update', null]])
})
