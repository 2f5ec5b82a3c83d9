import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isEndless, waysToTry } from './pattern.ts'

describe('a pattern that can take for ever', () => {
  test.each([
    '(a+)+$', '(a*)*', '([a-z]+)*!', '(\\d+)*x', '^(\\s*\\w+\\s*)*$', '((ab)*)*', '(a+){2,}', '(?:a+)+', '(?<name>a+)+', '(x+x+)+y', '(a|a)*$', '(a|aa)+$', '^(ก|กก)*$', '(a?b?)*$', '((a)?(a)?)*$', '(a|b(c|d))*', '(.*a){30}',
    '(a{1,2})*$', '((x|y)z)+', '(?:\\1|a)*', '(a)(\\1)*', '(a?){40}a{40}', '((((x{99}){99}){99}){99})', '(a+\uE001?\uE000c?)+', '(\uE000a+\uE001b?)*',
  ])('%s', pattern => { expect(isEndless(pattern)).toBe(true) })
})

describe('a pattern that cannot', () => {
  test.each([
    '^[0-9๐-๙]{13}$', '^[0-9๐-๙ +-]{9,20}$', '^0[0-9]{8,9}$', '[A-Za-z]{2}[0-9]{2}', '^[0-9]{9}([0-9]{2})?$', '^([0-9]{3}){2}$', '^([0-9]{1,3}\\.){3}[0-9]{1,3}$', '^(\\+66|0)[0-9]{8,9}$', '^(TH|LA|MM)[0-9]+$',
    '^[^@ ]+@[^@ ]+\\.[^@ ]+$', '^(?:ab)*$', '(abc)+', '[(a+)+]', '\\(a+\\)+', '^(([01]?[0-9])|(2[0-3])):[0-5][0-9]$', 'a+?b', '(ab)+?', '(?=.*[0-9]).{8,}', '', '^$', '(', '[', 'a++', `^(${Array.from({ length: 77 }, (_, i) => `TH${i}`).join('|')})$`,
  ])('%s', pattern => { expect(isEndless(pattern)).toBe(false) })
})

/** A pattern as a tree, so that it can be written, and searched step by step. */
type Tree = { letter: string } | { row: Tree[] } | { choice: Tree[] } | { of: Tree; least: number; most: number }

const { tree } = fc.letrec<{ tree: Tree; inner: Tree }>(tie => ({
  inner: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.record({ letter: fc.constantFrom('a', 'b') }), tie('tree')),
  tree: fc.oneof(
    fc.record({ row: fc.array(tie('inner'), { minLength: 1, maxLength: 3 }) }), fc.record({ choice: fc.array(tie('inner'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ of: tie('inner') }).chain(({ of }) => fc.constantFrom([0, 1], [0, Infinity], [1, Infinity], [2, 2], [1, 3], [2, Infinity]).map(([least, most]) => ({ of, least: least as number, most: most as number }))),
  ),
}))

function write(tree: Tree): string {
  if ('letter' in tree) return tree.letter
  if ('row' in tree) return tree.row.map(write).join('')
  if ('choice' in tree) return `(${tree.choice.map(write).join('|')})`
  return `(${write(tree.of)}){${tree.least},${tree.most === Infinity ? '' : tree.most}}`
}

const MOST_STEPS = 300_000

/** How many steps a search that goes back takes where the pattern must be the whole text. */
function countSteps(tree: Tree, text: string): number {
  let steps = 0
  const go = (tree: Tree, at: number, then: (at: number) => boolean): boolean => {
    if (++steps > MOST_STEPS) return true
    if ('letter' in tree) return text[at] === tree.letter && then(at + 1)
    if ('row' in tree) return tree.row.reduceRight<(at: number) => boolean>((then, part) => at => go(part, at, then), then)(at)
    if ('choice' in tree) return tree.choice.some(part => go(part, at, then))
    const again = (times: number, at: number): boolean =>
      (times < tree.most && go(tree.of, at, next => (next > at || times < tree.least) && again(times + 1, next))) || (times >= tree.least && then(at))
    return again(0, at)
  }
  go(tree, 0, at => at === text.length)
  return steps
}

test('beside a search step by step: a pattern that is let pass never takes more than was said', () => {
  fc.assert(fc.property(tree, fc.constantFrom('a', 'ab', 'b', 'aab'), (tree, part) => {
    const pattern = `^${write(tree)}$`, text = `${part.repeat(20).slice(0, 18)}!`
    if (isEndless(pattern)) return
    const pieces = pattern.length
    expect(countSteps(tree, text)).toBeLessThanOrEqual(pieces * (waysToTry(pattern)(text.length) + text.length))
  }), { numRuns: 3000 })
})

test('and the search does find what takes for ever', () => {
  const [a, many] = [{ letter: 'a' }, (of: Tree): Tree => ({ of, least: 0, most: Infinity })]
  expect(countSteps(many(many(a)), `${'a'.repeat(25)}!`)).toBeGreaterThan(MOST_STEPS)
  expect(countSteps(many({ choice: [a, a] }), `${'a'.repeat(25)}!`)).toBeGreaterThan(MOST_STEPS)
})
