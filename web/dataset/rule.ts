import type { FormModel, Question } from '../../domain/dataset/dataset.form.ts'
import type { Lang } from '../../domain/base/text.ts'
import { m } from '../paraglide/messages.js'

const TOKENS = /\s*(selected\s*\(|not\s*\(|and\b|or\b|[(),]|!=|>=|<=|[=<>]|'[^']*'|"[^"]*"|-?\d+(?:\.\d+)?|(?:\.\.|\.|[\w/])[\w./-]*)/y
type Asked = Pick<Question, 'label' | 'choices'>
/** `at`: the node whose rule it is; its relative paths start there. */
type Reading = { tokens: string[]; model: FormModel; at: string; lang: Lang }

/**
 * When something is asked, in words: `/data/keeping = 'kept'` becomes “wild or kept?” is “kept by people”. Null where the rule is more
 * than comparisons of answers joined by and, or and not; then it is shown as the form writes it.
 */
export function sayRule(expression: string, model: FormModel, at: string, lang: Lang): string | null {
  const tokens = split(expression)
  if (!tokens) return null
  const reading = { tokens, model, at, lang }
  const said = either(reading)
  return reading.tokens.length === 0 ? said : null
}

function split(expression: string): string[] | null {
  const tokens: string[] = []
  TOKENS.lastIndex = 0
  while (TOKENS.lastIndex < expression.trimEnd().length) {
    const found = TOKENS.exec(expression)
    if (!found) return null
    tokens.push((found[1] as string).replace(/\s/g, ''))
  }
  return tokens
}

function either(reading: Reading): string | null {
  let said = both(reading)
  while (said !== null && take(reading, 'or')) {
    const other = both(reading)
    said = other && m.dataset_rule_or({ one: said, other })
  }
  return said
}

function both(reading: Reading): string | null {
  let said = one(reading)
  while (said !== null && take(reading, 'and')) {
    const other = one(reading)
    said = other && m.dataset_rule_and({ one: said, other })
  }
  return said
}

function one(reading: Reading): string | null {
  if (take(reading, 'not(')) {
    const rule = either(reading)
    return rule !== null && take(reading, ')') ? m.dataset_rule_not({ rule }) : null
  }
  if (take(reading, '(')) {
    const rule = either(reading)
    return take(reading, ')') ? rule : null
  }
  return take(reading, 'selected(') ? chosen(reading) : compared(reading)
}

function chosen(reading: Reading): string | null {
  const asked = question(reading)
  if (!asked || !take(reading, ',')) return null
  const answer = value(reading, asked)
  return answer !== null && take(reading, ')') ? m.dataset_rule_chosen({ question: asked.label[reading.lang], answer }) : null
}

function compared(reading: Reading): string | null {
  const asked = question(reading), sign = reading.tokens.shift() ?? ''
  const answer = asked && value(reading, asked)
  if (!asked || answer === null || !Object.hasOwn(SIGNS, sign)) return null
  const blanks = { question: asked.label[reading.lang], answer }
  if (answer === '') return sign === '=' ? m.dataset_rule_empty(blanks) : sign === '!=' ? m.dataset_rule_filled(blanks) : null
  return SIGNS[sign as keyof typeof SIGNS](blanks)
}
const SIGNS = { '=': m.dataset_rule_is, '!=': m.dataset_rule_is_not, '>': m.dataset_rule_more, '<': m.dataset_rule_less, '>=': m.dataset_rule_least, '<=': m.dataset_rule_most }

function take({ tokens }: Reading, token: string): boolean {
  if (tokens[0] !== token) return false
  tokens.shift()
  return true
}

function question({ tokens, model, at }: Reading): Asked | null {
  const path = new URL(tokens.shift() ?? '', `form:${at}/`).pathname.replace(/\/$/, '')
  return model.questions.find(each => each.path === path) ?? null
}

/** A choice by its label, text and numbers as they are. */
function value({ tokens, lang }: Reading, { choices }: Asked): string | null {
  const token = tokens.shift() ?? ''
  if (!/^['"]|^-?\d/.test(token)) return null
  const text = token.replace(/^['"]|['"]$/g, '')
  return choices?.find(choice => choice.value === text)?.label[lang] ?? text
}
