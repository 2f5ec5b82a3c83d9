import type { Point } from '../../domain/record/record.ts'
import { writeNumber } from './answers.value.ts'
import { instantOf } from './compile.clock.ts'
import type { BinaryOperator } from './expression.ts'

/** A node of the answers, or of a list that is looked up. */
export type FormNode = {
  name: string; text: string; path: string
  parent: FormNode | null; children: FormNode[]
  /** Its place in the document, and from 1 among those of its name beside it. */
  order: number; position: number
  /** Of a row of a repeat: which one it is among the rows of the submission. */
  row: number | null
  /** It stands in the submission. ODK Collect takes what does not for nothing at all, ODK Web Forms for an empty answer. */
  answered: boolean
}
export type Value = string | number | boolean | FormNode[]

/** The two programs that fill in our forms compute some things differently (docs/form-engine.md): both ways are known. */
export type Client = 'web' | 'collect'

/** What an expression needs beside the answers. */
export type Given = {
  client: Client
  /** `2026-11-26` */
  today: string
  /** `2026-11-26T15:30:00.000+07:00`: its offset is that of the place. */
  now: string
  random: () => number
  uuid: () => string
  /** The list of an instance, as a document. @throws where it stands in a file that nobody gave */
  lookup: (id: string) => FormNode | null
  /** What a choice of a question is called. */
  choiceName: (path: string, value: string) => string
  /** Told of every node that is looked at, every comparison, and of long texts. @throws where it is enough */
  spend: (steps: number) => void
  /** What checks of a dataset may ask beside the answers; forms may not. @throws where it cannot be known */
  house?: { figure: (indicator: string) => number; isInArea: (point: Point, metres: number) => boolean }
}
/** `node` is where a path begins, `current` what the expression as a whole is asked at. */
export type Context = { node: FormNode; position: number; size: number; current: FormNode; given: Given }
export type Compiled = (context: Context) => Value

const NUMBER = /^-?(\d+(\.\d*)?|\.\d+)$/
/** So many letters are as much work as one node. */
export const LETTERS = 8

export function textOf(node: FormNode, given: Given): string {
  given.spend(1 + node.text.length / LETTERS)
  return node.children.length === 0 ? node.text : node.children.map(child => textOf(child, given)).join('')
}

export function toText(value: Value, given: Given): string {
  if (typeof value === 'object') return value[0] ? textOf(value[0], given) : ''
  if (typeof value === 'number') return Number.isNaN(value) && given.client === 'web' ? '' : Number.isFinite(value) ? writeNumber(value) : String(value)
  const text = String(value)
  given.spend(text.length / LETTERS)
  return text
}

/** Dates are days since 1970 began in Greenwich; Collect counts whole days of the place, and knows numbers as XPath writes them alone. */
export function toNumber(value: Value, given: Given): number {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return Number(value)
  const text = toText(value, given).trim(), number = given.client === 'web' || NUMBER.test(text) ? Number(text || NaN) : NaN
  if (!Number.isNaN(number)) return number
  const instant = instantOf(text, given)
  return instant === null ? NaN : given.client === 'web' ? instant.days : Math.floor(instant.localDays)
}

/** An empty answer is true for XPath, because it is there, and false for Collect. */
export function toBoolean(value: Value, given: Given): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return value !== 0 && !Number.isNaN(value)
  return typeof value === 'string' ? value !== '' : given.client === 'web' ? value.length > 0 : toText(value, given) !== ''
}

/** All values, of nodes each its own. */
export function spread(values: readonly Value[], given: Given): string[] {
  return values.flatMap(value => typeof value === 'object' ? value.map(node => textOf(node, given)) : [toText(value, given)])
}

type Comparison = Extract<BinaryOperator, '=' | '!=' | '<' | '<=' | '>' | '>='>

/** True where some value of one side and some value of the other keep the relation. */
export function compare(operator: Comparison, left: Value, right: Value, given: Given): boolean {
  if (typeof left === 'boolean' || typeof right === 'boolean') return holds(operator, toBoolean(left, given), toBoolean(right, given), given)
  const others = each(right, given)
  return each(left, given).some(a => others.some(b => holds(operator, a, b, given)))
}

function each(value: string | number | FormNode[], given: Given): (string | number)[] {
  if (typeof value !== 'object') return [value]
  return value.length === 0 && given.client === 'collect' ? [''] : value.map(node => textOf(node, given))
}

function holds(operator: Comparison, left: string | number | boolean, right: string | number | boolean, given: Given): boolean {
  const isText = typeof left === 'string' && typeof right === 'string'
  given.spend(1)
  if (operator === '=' || operator === '!=') {
    const same = isText || typeof left === 'boolean' ? left === right : toNumber(left, given) === toNumber(right, given)
    return same === (operator === '=')
  }
  const a = toNumber(left, given), b = toNumber(right, given)
  switch (operator) {
    case '<': return a < b
    case '<=': return a <= b
    case '>': return a > b
    case '>=': return a >= b
    default: return operator satisfies never
  }
}
