import { tokensOf } from './reference.tokens.ts'

/** What a rule of an XLSForm asks of one answer. `.`: the answer itself, in a constraint. */
export type Condition = { question: string; operator: Operator; value: string }
export type Operator = 'is' | 'is-not' | 'has' | 'has-not' | 'more' | 'at-least' | 'less' | 'at-most' | 'answered' | 'not-answered'
/** Conditions that must all hold, or of which one is enough. */
export type Rule = { join: 'and' | 'or'; conditions: Condition[] }

const SIGNS: Partial<Record<Operator, string>> = { is: '=', 'is-not': '!=', more: '>', 'at-least': '>=', less: '<', 'at-most': '<=' }
const NUMBER = /^-?\d+(\.\d+)?$/

/** Null: more than conditions side by side; such a rule is written by hand. @example parseRule("${consent} = 'yes'") // => { join: 'and', conditions: [{ question: 'consent', operator: 'is', value: 'yes' }] } */
export function parseRule(expression: string): Rule | null {
  const { parts, words } = split(expression)
  const conditions = parts.map(parseCondition)
  if (words.size > 1 || conditions.includes(null)) return null
  return { join: words.has('or') ? 'or' : 'and', conditions: conditions as Condition[] }
}

/** At each `and` and `or` that stands in no brackets. */
function split(expression: string): { parts: string[]; words: Set<string> } {
  const parts = [''], words = new Set<string>()
  let depth = 0
  for (const { kind, text } of tokensOf(expression)) {
    depth += kind === 'open' ? 1 : kind === 'close' ? -1 : 0
    if (depth === 0 && kind === 'name' && (text === 'and' || text === 'or')) { words.add(text); parts.push('') }
    else parts.push(parts.pop() + text)
  }
  return { parts, words }
}

const SUBJECT = String.raw`(?:\$\{\s*([^{}\s]+)\s*\}|(\.))`, QUOTED = String.raw`(?:'([^']*)'|"([^"]*)")`
const SELECTED = new RegExp(String.raw`^(not\(\s*)?selected\(\s*${SUBJECT}\s*,\s*${QUOTED}\s*\)(\s*\))?$`)
const COMPARED = new RegExp(String.raw`^${SUBJECT}\s*(!=|<=|>=|=|<|>)\s*(?:${QUOTED}|(-?\d+(?:\.\d+)?))$`)

function parseCondition(text: string): Condition | null {
  const selected = SELECTED.exec(text.trim())
  if (selected) {
    const [, not, name, dot, one, other, close] = selected
    return (not === undefined) === (close === undefined) ? { question: name ?? dot ?? '', operator: not ? 'has-not' : 'has', value: one ?? other ?? '' } : null
  }
  const [, name, dot, sign, one, other, number] = COMPARED.exec(text.trim()) ?? []
  const value = one ?? other ?? number, operator = (Object.keys(SIGNS) as Operator[]).find(key => SIGNS[key] === sign)
  if (value === undefined || !operator || (number === undefined && !'!='.includes(sign as string))) return null
  const question = name ?? dot ?? ''
  return value !== '' ? { question, operator, value } : { question, operator: operator === 'is' ? 'not-answered' : 'answered', value: '' }
}

/** Conditions that are not finished (no question yet, a number that is none) are left out. */
export function writeRule({ join, conditions }: Rule): string {
  return conditions.flatMap(condition => writeCondition(condition) ?? []).join(` ${join} `)
}

function writeCondition({ question, operator, value }: Condition): string | null {
  const subject = question === '.' ? '.' : `\${${question}}`, quoted = value.includes("'") ? `"${value}"` : `'${value}'`
  if (question === '') return null
  switch (operator) {
    case 'answered': return `${subject} != ''`
    case 'not-answered': return `${subject} = ''`
    case 'has': return `selected(${subject}, ${quoted})`
    case 'has-not': return `not(selected(${subject}, ${quoted}))`
    case 'is': case 'is-not': return value === '' ? null : `${subject} ${SIGNS[operator]} ${quoted}`
    case 'more': case 'at-least': case 'less': case 'at-most': return NUMBER.test(value) ? `${subject} ${SIGNS[operator]} ${value}` : null
    default: return operator satisfies never
  }
}

/** From the least to the most that a number may be; '' is open. Null: another kind of constraint. */
export type Range = { least: string; most: string }

export function parseRange(expression: string): Range | null {
  if (expression.trim() === '') return { least: '', most: '' }
  const rule = parseRule(expression)
  const least = rule?.conditions.filter(({ operator }) => operator === 'at-least') ?? [], most = rule?.conditions.filter(({ operator }) => operator === 'at-most') ?? []
  const isRange = rule?.join === 'and' && rule.conditions.every(({ question }) => question === '.') && least.length < 2 && most.length < 2 && least.length + most.length === rule.conditions.length
  return isRange ? { least: least[0]?.value ?? '', most: most[0]?.value ?? '' } : null
}

export function writeRange({ least, most }: Range): string {
  return writeRule({ join: 'and', conditions: [{ question: '.', operator: 'at-least', value: least }, { question: '.', operator: 'at-most', value: most }] })
}
