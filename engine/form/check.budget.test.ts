import { describe, expect, test } from 'vitest'
import { readAnswers } from './answers.ts'
import { makeCheck } from './check.ts'
import type { NotJudged } from './check.rules.ts'
import { readXForm } from './read-xform.ts'

const GIVEN = { today: '2026-11-26', now: '2026-11-26T15:30:00.000+07:00' }
const UNIQUE = 'count(/data/r[x = current()/../x]) = 1'
/** Slow machines get there too; what is endless does not. */
const SOON = { timeout: 30_000 }

/** A form with the rows of one repeat, each with `x` and an answer for every rule. */
function makeForm(...constraints: string[]) {
  const names = constraints.map((_, i) => `c${i}`), inputs = ['x', ...names].map(name => `<input ref="/data/r/${name}"><label>${name}</label></input>`).join('')
  const model = readXForm(`<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title><model>
    <instance><data id="f" version="1"><r><x/>${names.map(name => `<${name}/>`).join('')}</r></data></instance>
    ${constraints.map((rule, i) => `<bind nodeset="/data/r/c${i}" constraint="${rule.replaceAll('"', '&quot;')}"/>`).join('')}</model></h:head><h:body><group ref="/data/r"><label>R</label><repeat nodeset="/data/r">${inputs}</repeat></group></h:body></h:html>`)
  const check = makeCheck(model)
  const judge = (rows: string) => {
    const told: NotJudged[] = [], faults = check(readAnswers(model, `<data id="f">${rows}</data>`), GIVEN, rule => told.push(rule))
    return { faults: faults.map(({ kind, path, row }) => `${kind} ${path} ${row}`), told }
  }
  const ask = (rows: number, answer = '1', x = (row: number) => String(row)) =>
    judge(Array.from({ length: rows }, (_, i) => `<r><x>${x(i)}</x>${names.map(name => `<${name}>${answer}</${name}>`).join('')}</r>`).join(''))
  return { check, judge, ask }
}

describe('a rule that looks at all rows for every row', () => {
  const { ask } = makeForm(UNIQUE, '. = 1')
  test('is judged over some hundred rows', SOON, () => {
    expect(ask(300)).toEqual({ faults: [], told: [] })
    expect(ask(300, '1', row => row === 7 ? '8' : String(row)).faults).toEqual(['constraint /data/r/c0 7', 'constraint /data/r/c0 8'])
  })
  test('is given up over some thousand, and told; the other rules are judged as before, and nothing is said of what was not', SOON, () => {
    const { faults, told } = ask(4000, '2', () => 'same')
    expect(told).toEqual([{ path: '/data/r/c0', expression: UNIQUE, say: { th: expect.stringMatching(/สูตร .*ต้องคำนวณมากเกินไป/), en: expect.stringContaining(`The expression ${UNIQUE} takes too much computing`) } }])
    expect(faults).toEqual(Array.from({ length: 4000 }, (_, row) => `constraint /data/r/c1 ${row}`))
  })
  test('is judged alike every time', SOON, () => { expect(ask(2000)).toEqual(ask(2000)) })
})

test('many such rules cost no more than a few: what is left over is not judged, and told', SOON, () => {
  const { told } = makeForm(...Array.from({ length: 60 }, () => UNIQUE)).ask(1500)
  expect(told.map(({ path }) => path).sort()).toEqual(Array.from({ length: 60 }, (_, i) => `/data/r/c${i}`).sort())
})

test.each([
  ['pairs of all rows', '/data/r/x != /data/r/x', 6000, '1'], ['the whole text of the form', "contains(/data, 'zz')", 6000, '1'], ['everything below', 'count(//*) > 0', 6000, '1'],
  ['a pattern on a long answer', "regex(., '^a*a*a*b$')", 1, 'a'.repeat(100_000)], ['a pattern that is as long as the answer', 'regex(., .)', 40, '('.repeat(100_000)], ['letters for letters', "translate(., ., .) = ''", 1, 'ab'.repeat(500_000)],
  ['one long text many times', `string-length(concat(${Array(1500).fill('.').join(', ')})) > 1`, 1, 'ab '.repeat(500_000)], ['a long way of work on a long text', `${'normalize-space('.repeat(300)}.${')'.repeat(300)} = ''`, 1, 'ab '.repeat(500_000)],
])('%s ends', SOON, (_, rule, rows, answer) => {
  const { faults, told } = makeForm(rule).ask(rows, answer, () => '1')
  expect({ faults, told: told.map(({ expression }) => expression) }).toEqual({ faults: [], told: rule === 'regex(., .)' ? [] : [rule] })
})

test('a pattern that is endless is never tried: one that is written out is listed, one that answers make is let pass', SOON, () => {
  const { check, ask } = makeForm("regex(., '(a|a)*b')", "regex(., concat('(a|a)', '*b'))")
  expect(check.notJudged).toEqual([{ path: '/data/r/c0', expression: "regex(., '(a|a)*b')", say: { th: expect.stringContaining('ตรวจไม่รู้จบ'), en: expect.stringContaining('(a|a)*b') } }])
  expect(ask(10, 'a'.repeat(50)).faults).toEqual([])
})

test('a submission of half a million answers is not checked, and told as a whole', SOON, () => {
  const { faults, told } = makeForm('. = 2').judge('<r/>'.repeat(180_000))
  expect(faults).toEqual([])
  expect(told).toEqual([{ path: '/data', expression: '', say: { th: expect.stringContaining('500000'), en: expect.stringContaining('was not checked against the rules of its form') } }])
})
