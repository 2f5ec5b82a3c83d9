import { expect, test } from 'vitest'
import { report } from './audit.ts'

const whole = { seals: 3, lines: 12, unsealed: 1, head: 'ab12', passed: true, faults: [] }

test('a whole chain is told with its last seal, and a fault with its line', () => {
  expect(report(whole, 'en').split('\n')).toEqual(['Whole: 12 lines in 3 seals; 1 lines are not sealed yet.', 'Last seal (note it elsewhere, and check against it with --head): ab12'])
  expect(report({ ...whole, faults: [{ seal: 2, line: 7, what: 'line-removed' }] }, 'th')).toMatch(/^บรรทัด 7 หายไป \(ตราที่ 2\)\nไม่ครบถ้วน: พบ 1 จุด/)
  expect(report({ ...whole, passed: false }, 'en')).toMatch(/not in the chain/)
})
