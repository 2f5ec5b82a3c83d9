import { toNumber, toText, type Context, type Value } from './compile.values.ts'

/** A function of expressions: how many values it takes, and what it makes of them. */
export type Known = { least: number; most: number; call: (context: Context, ...values: Value[]) => Value }
export type Functions = Record<string, Known>

export function known(least: number, most: number, call: Known['call']): Known {
  return { least, most, call }
}

/** Of texts; a missing last one is undefined. */
export function ofTexts(least: number, most: number, call: (...texts: string[]) => Value): Known {
  return known(least, most, ({ given }, ...values) => call(...values.map(value => toText(value, given))))
}

export function ofNumbers(least: number, most: number, call: (...numbers: number[]) => number): Known {
  return known(least, most, ({ given }, ...values) => call(...values.map(value => toNumber(value, given))))
}
