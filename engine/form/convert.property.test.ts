import fc from 'fast-check'
import { JSDOM } from 'jsdom'
import { expect, test } from 'vitest'
import { loadEngineForm } from '../../server/base/xforms-engine.ts'
import { convertForm } from './convert.ts'
import { lintForm } from './lint.ts'
import { readWorkbook } from './read-workbook.ts'
import type { Workbook } from './workbook.ts'

/** A form that uses much at once, to be damaged. */
const WHOLE = `
| survey |
| | type | name | label::ไทย (th) | label::English (en) | relevant | calculation | default | choice_filter | parameters | constraint | repeat_count | trigger | save_to |
| | text | who | ใคร | Who | | | ไม่รู้ | | | . != '' | | | |
| | integer | n | กี่คน | How many | | | | | | . > 0 and . < 20 | | | height |
| | begin repeat | person | คน | Person | \${n} > 0 | | | | | | \${n} + 0 | | |
| | text | name | ชื่อ | Name | | | concat('คน ', position(..)) | | | | | | |
| | integer | age | อายุของ \${name} | Age of \${name} | \${name} != '' | | | | | | | | |
| | calculate | older | | | | count(\${person}[age > \${age}]) | | | | | | | |
| | end repeat | | | | | | | | | | | | |
| | select_one colour | c | สี | Colour | | | | | | | | | |
| | select_multiple shade | s | เฉด | Shade | | | | colour = \${c} | randomize=true | | | | |
| | select_one \${name} | head | หัวหน้า | Head | | | | \${age} > 15 | | | | | |
| | begin group | g | กลุ่ม | Group | selected(\${s}, 'pink') | | | | | | | | |
| | dateTime | when | | | | now() | | | | | | \${who} | |
| | range | r | ช่วง | Range | | | | | start=0 end=5 | | | | |
| | end group | | | | | | | | | | | | |

| choices |
| | list_name | name | label::ไทย (th) | label::English (en) | colour |
| | colour | red | แดง | Red | |
| | colour | blue | น้ำเงิน | Blue | |
| | shade | pink | ชมพู | Pink | red |

| settings |
| | form_id | version | default_language | instance_name |
| | f | 1 | ไทย (th) | concat(\${who}, '!') |

| entities |
| | list_name | label |
| | things | \${who} |
`
const PIECES = ['', ' ', '${who}', '${age}', '${nobody}', "'", '"', '(', ')', '[', ']', '<', '&', ']]>', '\u0000', '\ud800', '${', '}', ' and ', ' div ', '1', '-', '.', '../n', '/', ',', 'count(', 'text', 'end group', 'begin group', 'begin repeat', 'note', 'calculate', 'เด็ก', 'other']

type Damage = { sheet: number; row: number; column: number; text: string }
const damage: fc.Arbitrary<Damage> = fc.record({ sheet: fc.nat(9), row: fc.nat(99), column: fc.nat(99), text: fc.array(fc.constantFrom(...PIECES), { minLength: 0, maxLength: 3 }).map(pieces => pieces.join('')) })

function damaged(workbook: Workbook, damages: Damage[]): Workbook {
  const { sheets } = structuredClone(workbook)
  for (const { sheet, row, column, text } of damages) {
    const { rows, columns } = sheets[sheet % sheets.length] as Workbook['sheets'][number]
    ;(rows[row % rows.length] as Workbook['sheets'][number]['rows'][number]).cells[columns[column % columns.length] as string] = text
  }
  return { sheets }
}

test('however a form is damaged, it becomes an XForm that the engine opens, or a list of what is wrong', { timeout: 120_000 }, async () => {
  const whole = await readWorkbook('whole.md', new TextEncoder().encode(WHOLE)), { DOMParser } = new JSDOM('').window
  const outcomes = { right: 0, wrong: 0 }
  await fc.assert(fc.asyncProperty(fc.array(damage, { maxLength: 3 }), async damages => {
    const workbook = damaged(whole, damages), { xform, faults } = convertForm(workbook, { name: 'whole' })
    expect(Array.isArray(lintForm(workbook))).toBe(true)
    expect(xform === null).toBe(faults.some(({ severity }) => severity === 'error'))
    outcomes[xform === null ? 'wrong' : 'right']++
    if (xform === null) return
    expect(new DOMParser().parseFromString(xform, 'text/xml').querySelector('parsererror')).toBeNull()
    ;(await loadEngineForm(xform)).createInstance()
  }), { numRuns: Number(process.env['RUNS'] ?? 100), seed: 9 })
  expect(Math.min(outcomes.right, outcomes.wrong)).toBeGreaterThan(20)
})
