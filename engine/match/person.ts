import { fold, squeeze } from '../text/fold.ts'
import { parseName } from './name.ts'

/** By what a person is told in texts: names as they were written, citizens' numbers as plain digits, and other words (a nickname, a telephone). */
export type Naming = { names: readonly string[]; numbers: readonly string[]; words: readonly string[] }
/**
 * `mentions`: a text holds a whole name, a number or another word of the person. `calls`: also a first name, as a word by itself, or anywhere
 * where it is long enough to be nothing else: Thai is written without spaces. `touches`: any of it anywhere, for texts that nobody will miss.
 */
export type Mentions = { mentions(text: string): boolean; calls(text: string): boolean; touches(text: string): boolean }

const LEAST_DIGITS = 13, LEAST_WHOLE = 3, SHORTEST_WORD = 2, LONG_WORD = 4

/** A name without its title and spaces, so that “นาง คำ  ใจดี” and “คำใจดี” are one. */
export const coreOf = (name: string): string => parseName(name).core

/**
 * A first name alone may be part of any word, so that it only counts as a word by itself; a whole name counts wherever it stands.
 * @example mentionsOf({ names: ['คำ ใจดี'], numbers: [], words: [] }).calls('12 · นางคำ') // => true
 */
export function mentionsOf({ names, numbers, words }: Naming): Mentions {
  const cores = names.map(coreOf).filter(Boolean), parts = names.flatMap(partsOf)
  const wholes = [...names.filter(name => fold(name).includes(' ')).map(coreOf), ...words.map(squeeze)].filter(text => text.length >= LEAST_WHOLE)
  const known = new Set([...cores, ...parts]), all = [...known, ...names.flatMap(wordsOf).filter(word => word.length >= SHORTEST_WORD)]
  const mentions = (text: string): boolean => {
    const plain = squeeze(text), digits = plain.replace(/\D/g, '')
    return wholes.some(whole => plain.includes(whole)) || (digits.length >= LEAST_DIGITS && numbers.some(number => digits.includes(number)))
  }
  const calls = (text: string): boolean => mentions(text) || known.has(coreOf(text)) || wordsOf(text).some(word => known.has(word)) || parts.some(part => part.length >= LONG_WORD && squeeze(text).includes(part))
  return { mentions, calls, touches: text => calls(text) || all.some(word => squeeze(text).includes(word)) }
}

/** The first name, which a person is called by; a family name is the others' as well. */
function partsOf(name: string): string[] {
  const [first = ''] = wordsOf(name)
  return first.length >= SHORTEST_WORD && /\p{L}/u.test(first) ? [first] : []
}

/**
 * Whether somebody who is called so may be meant by a name that was asked for: all of its words are theirs.
 * @example isCalled('นาง คำ ใจดี', 'คำ') // => true
 */
export function isCalled(name: string, asked: string): boolean {
  const words = new Set(wordsOf(name)), wanted = wordsOf(asked)
  return coreOf(name) === coreOf(asked) || (wanted.length > 0 && wanted.every(word => words.has(word)))
}

/** Words by themselves, each without a title. @example wordsOf('12 · นางคำ ใจดี') // => ['12', 'คำ', 'ไจดี'] */
function wordsOf(text: string): string[] {
  return fold(text).split(' ').map(coreOf).filter(Boolean)
}
