import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { lastLine, rakkaeo } from '../tests/setup/command.ts'

const folder = mkdtempSync(join(tmpdir(), 'rakkaeo-form-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the command on a form where no database can be had. */
async function convert(name: string, content: string | Uint8Array, ...options: string[]) {
  const file = join(folder, name), data = join(folder, 'data')
  writeFileSync(file, content)
  const ran = await rakkaeo(['form', 'convert', file, ...options], { env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', RAKKAEO_DATA: data } })
  expect(existsSync(data)).toBe(false)
  return ran
}

const FORM = '| survey |\n| | type | name | label |\n| | text | name | ชื่อ |\n| settings |\n| | form_id | version |\n| | farmer | 1 |\n'

test('a right form is printed as its XForm and nothing else, without a database', async () => {
  const { code, out, err } = await convert('farmer.md', FORM)
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/^<\?xml version="1.0"\?>\n<h:html [^]*<data id="farmer" version="1">[^]*<label>ชื่อ<\/label>[^]*<\/h:html>\n$/)
})

test('a form with faults is refused with all of them, by sheet, row and column, in the language of the person', async () => {
  const wrong = FORM.replace('text | name | ชื่อ', 'txet | my name | ชื่อ ${gone}')
  const { code, out, err } = await convert('wrong.md', wrong)
  expect([code, out, err.trim().split('\n')]).toEqual([2, '', [
    '✗ survey:2 type: The type “txet” is not known. Is “text” meant?',
    expect.stringMatching(/^✗ survey:2 name: The name “my name” cannot be used\./),
    '✗ survey:2 label: There is no question named “gone”. Mend the name in ${…}.',
  ]])
  expect((await convert('wrong.md', wrong, '--lang', 'th')).err).toContain('✗ survey:2 type: ไม่รู้จักประเภทคำถาม “txet” หมายถึง “text” หรือไม่')
  expect(JSON.parse((await convert('wrong.md', wrong, '--json')).out)).toMatchObject({ xform: null, formId: 'farmer', faults: [{ code: 'form/near-type', sheet: 'survey', row: 2 }, {}, {}] })
})

test('what is not wise is told beside the form, and a file that is no form is named', async () => {
  const { code, out, err } = await convert('farmer.md', FORM.replace('ชื่อ', 'Name'))
  expect([code, out.length > 100, err]).toEqual([0, true, '! survey:1 label: The form has no Thai. Add a column label::ไทย (th).\n'])
  const old = await convert('old.xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0, 0))
  expect([old.code, old.out, lastLine(old)]).toEqual([1, '', expect.stringContaining('choose “Save as” and Excel Workbook (.xlsx)')])
  const gone = await rakkaeo(['form', 'convert', join(folder, 'gone.md')])
  expect([gone.code, lastLine(gone)]).toEqual([1, expect.stringContaining('Cannot read the file')])
})
