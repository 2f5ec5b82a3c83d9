import { describe, expect, test } from 'vitest'
import { isEndless, waysToTry } from './pattern.ts'

describe('a pattern that can take for ever', () => {
  test.each([
    '(a+)+$', '(a*)*', '([a-z]+)*!', '(\\d+)*x', '^(\\s*\\w+\\s*)*$', '((ab)*)*', '(a+){2,}', '(?:a+)+', '(?<name>a+)+', '(x+x+)+y', '(a|a)*$', '(a|aa)+$', '^(ก|กก)*$', '(a?b?)*$', '((a)?(a)?)*$', '(a|b(c|d))*', '(.*a){30}',
    '(a{1,2})*$', '((x|y)z)+', '(?:\\1|a)*', '(a)(\\1)*', '(a?){40}a{40}', '((((x{99}){99}){99}){99})', '(', '[',
  ])('%s', pattern => { expect(isEndless(pattern)).toBe(true) })
})

describe('a pattern that cannot', () => {
  test.each([
    '^[0-9๐-๙]{13}$', '^[0-9๐-๙ +-]{9,20}$', '^0[0-9]{8,9}$', '[A-Za-z]{2}[0-9]{2}', '^[0-9]{9}([0-9]{2})?$', '^([0-9]{3}){2}$', '^([0-9]{1,3}\\.){3}[0-9]{1,3}$', '^(\\+66|0)[0-9]{8,9}$', '^(TH|LA|MM)[0-9]+$',
    '^[^@ ]+@[^@ ]+\\.[^@ ]+$', '^(?:ab)*$', '(abc)+', '[(a+)+]', '\\(a+\\)+', '^(([01]?[0-9])|(2[0-3])):[0-5][0-9]$', 'a+?b', '(ab)+?', '(?=.*[0-9]).{8,}', '', '^$', `^(${Array.from({ length: 77 }, (_, i) => `TH${i}`).join('|')})$`,
  ])('%s', pattern => { expect(isEndless(pattern)).toBe(false) })
})

/** A search that goes back, step by step, as an oracle: waysToTry is never below what it needs. */
test.each([
  ['^a*$', 'aaaab'], ['a*b', 'aaaaaaaaac'], ['^a*a*$', 'aaaaaaab'], ['^a*a*a*$', 'aaaaaaaab'], ['^a?a?a?aaa$', 'aab'], ['a+a+c', 'aaaaaaaaab'], ['^(ab)*a*$', 'ababababc'],
])('%s on %s', (pattern, text) => { expect(waysToTry(pattern)(text.length)).toBeGreaterThanOrEqual(stepsPerPiece(pattern, text)) })

type Piece = { of: string; least: number; most: number }

/** For patterns of plain pieces. */
function stepsPerPiece(pattern: string, text: string): number {
  const pieces = [...pattern.matchAll(/(\(\w+\)|\w)([*+?]?)/g)].map(([, of = '', often]): Piece => ({ of: of.replace(/[()]/g, ''), least: often === '' || often === '+' ? 1 : 0, most: often === '*' || often === '+' ? Infinity : 1 }))
  let steps = 0
  const fits = (at: number, [piece, ...rest]: Piece[]): boolean => {
    steps++
    if (piece === undefined) return !pattern.endsWith('$') || at === text.length
    const ends = [at]
    while (ends.length <= piece.most && text.startsWith(piece.of, ends.at(-1))) ends.push((ends.at(-1) as number) + piece.of.length)
    return ends.slice(piece.least).reverse().some(end => fits(end, rest))
  }
  const starts = pattern.startsWith('^') ? [0] : [...text].keys()
  for (const start of starts) if (fits(start, pieces)) break
  return steps / (pieces.length + 1)
}
