import { expressionProblems } from './expression.problems.ts'
import { expressionTokens, type ExpressionToken } from './expression.tokens.ts'

/** `within`: the node and all below it, as `//` means. `name`: `*` is any. */
export type Step = { axis: 'child' | 'parent' | 'self' | 'within'; name: string; where: Expression[] }
export type BinaryOperator = 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | 'div' | 'mod' | '|'
/** An expression as a tree. `from` of a path: the document, the node it is asked at, or nodes that another expression gives. */
export type Expression =
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
  | { kind: 'negative'; of: Expression }
  | { kind: 'call'; name: string; values: Expression[] }
  | { kind: 'path'; from: 'document' | 'here' | Expression; where: Expression[]; steps: Step[] }

/** From the loosest to the tightest. */
const BINARY: BinaryOperator[][] = [['or'], ['and'], ['=', '!='], ['<', '<=', '>', '>='], ['+', '-'], ['*', 'div', 'mod']]
/** Deeper or longer than any form that people write; so deep a tree can still be walked. */
const DEEPEST = 500, MOST_TOKENS = 4000
const ANY: Omit<Step, 'axis'> = { name: '*', where: [] }

/** @throws `form/expression-unreadable`, `form/expression-unsupported` */
export function parseExpression(expression: string): Expression {
  return new Parser(expression).parse()
}

class Parser {
  private readonly expression: string
  private readonly tokens: ExpressionToken[]
  private at = 0
  private depth = 0

  constructor(expression: string) {
    this.expression = expression
    this.tokens = expressionTokens(expression)
    if (this.tokens.length > MOST_TOKENS) throw expressionProblems.tooLong({ expression: `${expression.slice(0, 60)}…`, most: MOST_TOKENS })
  }

  parse(): Expression {
    const parsed = this.binary(0)
    return this.token().kind === 'end' ? parsed : this.fail()
  }

  private token(ahead = 0): ExpressionToken {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)] as ExpressionToken
  }

  private is(text: string, ahead = 0): boolean {
    const token = this.token(ahead)
    return token.kind === 'operator' && token.text === text
  }

  private take(text: string): boolean {
    if (this.is(text)) this.at++
    else return false
    return true
  }

  private expect(text: string): void {
    if (!this.take(text)) this.fail()
  }

  private fail(): never {
    throw expressionProblems.syntax({ expression: this.expression, at: this.token().start, found: this.token().text })
  }

  private binary(level: number): Expression {
    const operators = BINARY[level]
    if (operators === undefined) return this.negative()
    let left = this.binary(level + 1)
    for (;;) {
      const operator = operators.find(operator => this.is(operator))
      if (operator === undefined) return left
      this.at++
      left = { kind: 'binary', operator, left, right: this.binary(level + 1) }
    }
  }

  private negative(): Expression {
    if (++this.depth > DEEPEST) this.fail()
    const parsed: Expression = this.take('-') ? { kind: 'negative', of: this.negative() } : this.union()
    this.depth--
    return parsed
  }

  private union(): Expression {
    let left = this.path()
    while (this.take('|')) left = { kind: 'binary', operator: '|', left, right: this.path() }
    return left
  }

  private path(): Expression {
    if (this.is('/') || this.is('//')) return this.absolute()
    const value = this.value()
    if (value === null) return { kind: 'path', from: 'here', where: [], steps: this.steps([]) }
    const where = this.where()
    const steps = this.is('/') || this.is('//') ? this.steps(this.separator()) : []
    return where.length + steps.length === 0 ? value : { kind: 'path', from: value, where, steps }
  }

  private absolute(): Expression {
    const isRoot = this.is('/') && !this.beginsStep(1)
    const before = this.separator()
    return { kind: 'path', from: 'document', where: [], steps: isRoot ? [] : this.steps(before) }
  }

  private beginsStep(ahead: number): boolean {
    return this.token(ahead).kind === 'name' || ['.', '..', '@'].some(text => this.is(text, ahead))
  }

  /** `//` is a step of its own. */
  private separator(): Step[] {
    if (this.take('//')) return [{ axis: 'within', ...ANY }]
    this.expect('/')
    return []
  }

  private steps(before: Step[]): Step[] {
    const steps = [...before, this.step()]
    while (this.is('/') || this.is('//')) steps.push(...this.separator(), this.step())
    return steps
  }

  private step(): Step {
    if (this.take('..')) return { axis: 'parent', ...ANY }
    if (this.take('.')) return { axis: 'self', ...ANY }
    if (this.is('@')) throw expressionProblems.unsupported({ expression: this.expression, name: '@' })
    const axis = this.axis()
    if (this.token().kind !== 'name') this.fail()
    const { text } = this.token()
    this.at++
    if (this.take('(')) this.expect(')')
    else return { axis, name: localOf(text), where: this.where() }
    if (text !== 'node') throw expressionProblems.unsupported({ expression: this.expression, name: `${text}()` })
    return { axis, name: '*', where: this.where() }
  }

  private axis(): Step['axis'] {
    if (!this.is('::', 1)) return 'child'
    const { text } = this.token()
    this.at += 2
    if (text === 'child' || text === 'parent' || text === 'self') return text
    throw expressionProblems.unsupported({ expression: this.expression, name: `${text}::` })
  }

  private where(): Expression[] {
    const where: Expression[] = []
    while (this.take('[')) {
      where.push(this.binary(0))
      this.expect(']')
    }
    return where
  }

  /** What a path may begin with; null where it begins with a step. */
  private value(): Expression | null {
    const { kind, text } = this.token()
    if (kind === 'text' || kind === 'number') {
      this.at++
      return kind === 'text' ? { kind, value: text } : { kind, value: Number(text) }
    }
    if (kind === 'name' && text !== 'node' && this.is('(', 1)) return this.call(text)
    if (!this.take('(')) return null
    const parsed = this.binary(0)
    this.expect(')')
    return parsed
  }

  private call(name: string): Expression {
    this.at += 2
    const values: Expression[] = []
    if (this.take(')')) return { kind: 'call', name, values }
    do values.push(this.binary(0)); while (this.take(','))
    this.expect(')')
    return { kind: 'call', name, values }
  }
}

/** Names are compared without their prefix, as everywhere here. */
function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
