import { safeRegex } from 'safe-regex2'

/** An escaped letter, a class, or a letter that we use ourselves: one thing, whatever is in it. What repeats an earlier find (`\1`) may be of any length. */
const ATOM = /\\[^]|\[(?:\\[^]|[^\]\\])*\]|[\uE000\uE001]/g, EARLIER = /^\\[1-9k]/
/** Brackets without others inside, how often they are repeated, and whether as seldom as possible. */
const INNERMOST = /\((?:\?(?:[\w-]*:|<?[=!]|<[^>]*>))?([^()]*)\)([*+?]|\{\d+(?:,\d*)?\})?\??/
const [OPEN, CLOSE] = ['\uE000', '\uE001']
/** A pattern that is longer once its brackets are written out is told like one that takes for ever. */
const LONGEST = 2000

/**
 * Whether trying in which ways a pattern fits an answer could take for ever. safe-regex2 tells repetitions within repetitions; brackets that
 * are repeated a few times are written out for it, because they do no harm, and a choice within brackets counts as a repetition, because
 * `(a|a)*` is as endless as `(a*)*`. What is no pattern is never tried.
 */
export function isEndless(pattern: string): boolean {
  const written = isPattern(pattern) ? writeOut(pattern) : ''
  return written === null || !safeRegex(written.replaceAll(OPEN, '(?:').replaceAll(CLOSE, ')'))
}

/** At most how many ways there are to try on an answer of so many letters, for a pattern that is not endless. */
export function waysToTry(pattern: string): (letters: number) => number {
  const written = writeOut(pattern) ?? '', repeated = written.match(/[*+]|\{\d+,\d*\}/g) ?? [], optional = written.match(/\?/g) ?? []
  const anywhere = written.startsWith('^') && !written.includes('|') ? 0 : 1
  return letters => letters ** (repeated.length + anywhere) * 2 ** optional.length
}

function isPattern(pattern: string): boolean {
  try { return new RegExp(pattern) instanceof RegExp }
  catch { return false }
}

function writeOut(pattern: string): string | null {
  let written = pattern.replace(ATOM, atom => EARLIER.test(atom) ? 'x*' : 'x').replace(/([*+?}])\?/g, '$1')
  while (written.length <= LONGEST && INNERMOST.test(written)) {
    written = written.replace(INNERMOST, (_, inside: string, often = '') => repeat(inside.includes('|') ? `${inside.replaceAll('|', '')}x?` : inside, often))
  }
  return written.length <= LONGEST ? written : null
}

function repeat(inside: string, often: string): string {
  const [, least = '', comma = '', most = least] = /^\{(\d+)(,?)(\d*)\}$/.exec(often === '?' ? '{0,1}' : often) ?? []
  if (often === '') return inside
  if (least === '' || (comma !== '' && most === '')) return `${OPEN}${inside}${CLOSE}${often}`
  return inside.repeat(Math.min(Number(most || least), LONGEST)) + (comma === '' ? '' : 'x?')
}
