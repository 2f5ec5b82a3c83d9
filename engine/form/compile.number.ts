import { known, ofNumbers, type Functions } from './compile.known.ts'
import { spread, textOf, toBoolean, toNumber, type Given, type Value } from './compile.values.ts'

const one = (call: (x: number) => number) => ofNumbers(1, 1, call)

export const NUMBER_FUNCTIONS: Functions = {
  number: known(0, 1, ({ node, given }, value = [node]) => toNumber(value, given)),
  int: one(Math.trunc), floor: one(Math.floor), ceiling: one(Math.ceil), abs: one(Math.abs), sqrt: one(Math.sqrt), exp: one(Math.exp), exp10: one(x => 10 ** x),
  log: one(Math.log), log10: one(Math.log10), sin: one(Math.sin), cos: one(Math.cos), tan: one(Math.tan), asin: one(Math.asin), acos: one(Math.acos), atan: one(Math.atan),
  atan2: ofNumbers(2, 2, Math.atan2), pow: ofNumbers(2, 2, Math.pow), pi: known(0, 0, () => Math.PI), random: known(0, 0, ({ given }) => given.random()),
  round: known(1, 2, ({ given }, value = NaN, decimals = 0) => round(toNumber(value, given), toNumber(decimals, given), given)),
  sum: known(1, 1, ({ given }, value = []) => {
    const numbers = numbersIn([value], given)
    return given.client === 'web' && numbers.length === 0 ? NaN : numbers.reduce((sum, number) => sum + number, 0)
  }),
  min: known(0, Infinity, ({ given }, ...values) => extreme(Math.min, values, given)),
  max: known(0, Infinity, ({ given }, ...values) => extreme(Math.max, values, given)),
  checklist: known(2, Infinity, ({ given }, least = 0, most = -1, ...values) =>
    isWithin(truths(values, given).filter(Boolean).length, toNumber(least, given), toNumber(most, given))),
  'weighted-checklist': known(2, Infinity, ({ given }, least = 0, most = -1, ...values) =>
    isWithin(weigh(values, given), toNumber(least, given), toNumber(most, given))),
}

/** Collect leaves empty answers out; by XPath one of them makes the whole no number. */
function numbersIn(values: readonly Value[], given: Given): number[] {
  const numbers = spread(values, given).map(text => toNumber(text, given))
  return given.client === 'collect' ? numbers.filter(number => !Number.isNaN(number)) : numbers
}

function extreme(choose: (a: number, b: number) => number, values: Value[], given: Given): number {
  const numbers = numbersIn(values, given)
  return numbers.length === 0 ? NaN : numbers.reduce((a, b) => choose(a, b))
}

/** Web Forms rounds binary fractions, halves away from zero; Collect decimal ones, halves upwards, as XPath says. */
function round(value: number, decimals: number, { client }: Given): number {
  if (!Number.isFinite(value) || Number.isNaN(decimals)) return Number.isNaN(decimals) ? NaN : value
  const sign = value < 0 ? -1 : 1, factor = 10 ** Math.trunc(decimals)
  if (client === 'web') return sign * Math.round(Math.abs(value) * factor) / factor
  const shift = (number: number, places: number) => { const text = String(number); return text.includes('e') ? number * 10 ** places : Number(`${text}e${places}`) }
  return shift(Math.round(shift(value, Math.trunc(decimals))), -Math.trunc(decimals))
}

/** Of nodes, each that was answered. */
function truths(values: readonly Value[], given: Given): boolean[] {
  return values.flatMap(value => typeof value === 'object' ? value.map(node => textOf(node, given) !== '') : [toBoolean(value, given)])
}

/** Values come in pairs: what counts, and how much. Of nodes, each with the weight at its place. */
function weigh(values: readonly Value[], given: Given): number {
  let sum = 0
  for (let i = 0; i + 1 < values.length; i += 2) {
    const weights = spread(values.slice(i + 1, i + 2), given)
    truths(values.slice(i, i + 1), given).forEach((isTrue, at) => { if (isTrue) sum += toNumber(weights[at] ?? '', given) })
  }
  return sum
}

/** −1: no such bound. */
function isWithin(count: number, least: number, most: number): boolean {
  return (least === -1 || count >= least) && (most === -1 || count <= most)
}
