import { expect, test } from 'vitest'
import { isAbove, lintForm } from './lint.ts'
import { readWorkbook } from './read-workbook.ts'

async function toldOf(markdown: string, earlierVersion?: string): Promise<string[]> {
  const workbook = await readWorkbook('a.md', new TextEncoder().encode(markdown))
  return lintForm(workbook, earlierVersion === undefined ? {} : { earlierVersion }).map(({ severity, sheet, row, column, code }) => `${severity} ${sheet}:${row} ${column} ${code.slice('form/'.length)}`)
}

test('a computed default of what can be hidden at first is told; a fixed one, or one that is always seen, is not', async () => {
  expect(await toldOf(`| survey |
    | | type | name | label | relevant | default |
    | | text | a | ก | | |
    | | date | seen | ข | | today() |
    | | date | hidden | ค | \${a} = 1 | today() |
    | | date | fixed | ง | \${a} = 1 | 2026-11-26 |
    | | begin group | g | จ | \${a} = 1 | |
    | | text | inside | ฉ | | concat('x', 'y') |
    | | end group | | | | |`)).toEqual(['warning survey:4 default hidden-default', 'warning survey:7 default hidden-default'])
})

test('Thai that is missing is told by question and choice, or once for the whole form', async () => {
  const choices = '\n| choices |\n| | list_name | name | label::ไทย (th) | label::English (en) |\n| | s | 1 | หนึ่ง | One |\n| | s | 2 | | Two |'
  expect(await toldOf(`| survey |\n| | type | name | label::ไทย (th) | label::English (en) |\n| | text | a | ก | A |\n| | text | b | | B |${choices}`)).toEqual(['warning survey:3 label::ไทย (th) missing-thai', 'warning choices:3 label::ไทย (th) missing-thai'])
  expect(await toldOf('| survey |\n| | type | name | label |\n| | text | a | ชื่อ |\n| | text | b | GPS |')).toEqual([])
  expect(await toldOf('| survey |\n| | type | name | label |\n| | text | a | Name |')).toEqual(['warning survey:1 label no-thai'])
  expect(await toldOf('| survey |\n| | type | name | label::English (en) |\n| | text | a | Name |')).toEqual(['warning survey:1 label no-thai'])
})

test('a list of more than 2,000 choices is told, one of 2,000 is not', async () => {
  const form = (count: number) => `| survey |\n| | type | name | label |\n| | select_one s | a | ก |\n| choices |\n| | list_name | name | label |\n${Array.from({ length: count }, (_, i) => `| | s | ${i} | ที่ ${i} |`).join('\n')}`
  expect(await toldOf(form(2000))).toEqual([])
  expect(await toldOf(form(2001))).toEqual(['warning choices:2 list_name many-choices'])
})

test('a version that is not above the earlier one is told', async () => {
  const form = (version: string) => `| survey |\n| | type | name | label |\n| | text | a | ก |\n| settings |\n| | version |\n| | ${version} |`
  expect(await toldOf(form('2026112601'), '2026112502')).toEqual([])
  expect(await toldOf(form('2026112502'), '2026112502')).toEqual(['warning settings:2 version version-not-raised'])
  expect(isAbove('1.10', '1.9')).toBe(true)
  expect(isAbove('9', '10')).toBe(false)
})

test('a pattern that could keep the server busy for ever is an error wherever an expression stands; one that cannot, or that is only spoken of, is none', async () => {
  expect(await toldOf(`| survey |
    | | type | name | label | hint | constraint | relevant | calculation | choice_filter | default |
    | | text | a | ก | regex(., '(a+)+$') | regex(., '^[0-9]{9}([0-9]{2})?$') | | | | |
    | | text | b | ข | | regex(., '([ก-ฮ]+)*') | | | | |
    | | begin group | g | ค | | | not(regex(\${a}, "(a\\|aa)+")) | | | |
    | | calculate | c | | | | | if(regex(concat(\${a}, '(a+)+'), '^[0-9]+$'), 1, 2) | | |
    | | select_one s | d | ง | | | | | regex(name, '(.*)*') | |
    | | text | e | จ | | | | | | if(regex(\${a}, '(x+x+)+y'), 1, 2) |
    | | end group | | | | | | | | |
    | choices |
    | | list_name | name | label |
    | | s | 1 | หนึ่ง |
    | settings |
    | | instance_name |
    | | if(regex(\${a}, '(.+)+x'), 'x', 'y') |
    | entities |
    | | list_name | label |
    | | trees | if(regex(\${a}, '(.+)+y'), 'x', 'y') |`)).toEqual([
    'error settings:2 instance_name endless-pattern', 'error survey:3 constraint endless-pattern', 'error survey:4 relevant endless-pattern', 'error survey:6 choice_filter endless-pattern',
    'error survey:7 default endless-pattern', 'error entities:2 label endless-pattern', 'warning survey:7 default hidden-default',
  ])
})
