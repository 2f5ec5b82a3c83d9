import { expressionProblems } from './expression.problems.ts'

/** `name` may have a prefix: `jr:choice-name`. `operator`: also `and`, `or`, `div`, `mod` and `*` where they stand between two values. */
export type ExpressionToken = { kind: 'text' | 'number' | 'name' | 'operator' | 'end'; text: string; start: number }

const NAME = '[\\p{L}_][\\p{L}\\p{M}\\p{N}_.\\-]*'
const PIECE = new RegExp(`\\s+|("[^"]*"|'[^']*')|(\\d+(?:\\.\\d*)?|\\.\\d+)|(${NAME}(?::(?!:)${NAME})?)|(\\.\\.|::|//|!=|<=|>=|[()[\\],.@/|+\\-=<>*])|([^])`, 'gu')
const KINDS = ['text', 'number', 'name', 'operator'] as const
const WORDS = /^(and|or|div|mod)$/
/** After one of these, or at the beginning, a value is expected: a name is a name and `*` is any name. */
const EXPECTS_VALUE = /^(@|::|\(|\[|,|and|or|div|mod|\*|\/|\/\/|\||\+|-|=|!=|<|<=|>|>=)$/

/** @throws `form/expression-unreadable` at a character that no expression has */
export function expressionTokens(expression: string): ExpressionToken[] {
  const tokens: ExpressionToken[] = []
  for (const { 0: found, index: start, ...groups } of expression.matchAll(PIECE)) {
    const kind = KINDS.find((_, i) => groups[(i + 1) as 1] !== undefined)
    if (kind !== undefined) tokens.push(tokenOf(kind, found, start, tokens.at(-1)))
    else if (found.trim() !== '') throw expressionProblems.syntax({ expression, at: start, found })
  }
  return [...tokens, { kind: 'end', text: '', start: expression.length }]
}

function tokenOf(kind: typeof KINDS[number], text: string, start: number, before: ExpressionToken | undefined): ExpressionToken {
  const isBetween = before !== undefined && !(before.kind === 'operator' && EXPECTS_VALUE.test(before.text))
  if (kind === 'text') return { kind, text: text.slice(1, -1), start }
  if (kind === 'name' && isBetween && WORDS.test(text)) return { kind: 'operator', text, start }
  return kind === 'operator' && text === '*' && !isBetween ? { kind: 'name', text, start } : { kind, text, start }
}
