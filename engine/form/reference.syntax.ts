import type { FormProblem } from '../../domain/dataset/problems.form.ts'
import { referenceIn, type Token } from './reference.tokens.ts'

/** Functions of XPath 1.0 and of the ODK XForms specification, and the node tests that look like them. */
const FUNCTIONS = new Set(`last position count id local-name namespace-uri name string concat starts-with contains substring-before substring-after substring
  string-length normalize-space translate boolean not true false lang number sum floor ceiling round node text comment processing-instruction
  abs acos area asin atan atan2 base64-decode boolean-from-string checklist coalesce cos count-non-empty count-selected current date date-time decimal-date-time
  decimal-time digest distance ends-with exp exp10 extract-signed format-date format-date-time geofence if indexed-repeat instance int intersects join jr:choice-name
  jr:itext log log10 max min now once pi pow pulldata randomize random regex selected selected-at sin sqrt substr tan time today uuid version
  weighted-checklist`.split(/\s+/))

export type SyntaxFault = { code: Extract<FormProblem, 'unbalanced' | 'openQuote' | 'badReference' | 'badExpression'>; at: number } | { code: 'unknownFunction'; name: string }

const BINARY = new Set(['=', '!=', '<', '>', '<=', '>=', '+', '-', '*', '|', '/', '//', '::'])
const WORD = /^(and|or|div|mod)$/
/** Behind these goes on a path, in which only names and tests stand. */
const STEP = new Set(['/', '//', '::', '@'])
const NODE_TEST = /^(node|text|comment|processing-instruction)$/
const isStep = (kind: Token['kind'], text: string) => kind === 'name' || (kind === 'function' && NODE_TEST.test(text)) || ['.', '..', '*', '@'].includes(text)

/** The first thing that is wrong in an expression; null when it could be read. What the names in it mean is another matter. */
export function findSyntaxFault(tokens: Token[]): SyntaxFault | null {
  const solid = tokens.filter(({ kind }) => kind !== 'space'), open: string[] = []
  let expects = true
  for (const [i, token] of solid.entries()) {
    const { kind, text, start } = token, before = solid[i - 1]
    if (kind === 'other') return strayFault(token)
    if (kind === 'reference' && referenceIn(text) === null) return { code: 'badReference', at: start }
    if (kind === 'function' && !FUNCTIONS.has(text)) return { code: 'unknownFunction', name: text }
    if (kind === 'close' && open.pop() !== (text === ')' ? '(' : '[')) return { code: 'unbalanced', at: start }
    if (kind === 'open') open.push(text)
    const next = step(token, expects, before, open)
    if (next === null) return { code: 'badExpression', at: start }
    expects = next
  }
  if (open.length > 0) return { code: 'unbalanced', at: solid.at(-1)?.start ?? 0 }
  return expects ? { code: 'badExpression', at: solid.at(-1)?.start ?? 0 } : null
}

function strayFault({ text, start }: Token): SyntaxFault {
  if (text === '"' || text === "'") return { code: 'openQuote', at: start }
  return { code: '${}'.includes(text) ? 'badReference' : 'badExpression', at: start }
}

/** Whether a value is expected after the token; null when the token cannot stand here. */
function step({ kind, text }: Token, expects: boolean, before: Token | undefined, open: string[]): boolean | null {
  if (kind === 'close') return expects && !(before?.text === '(' || before?.text === '/') ? null : false
  if (kind === 'open') return (text === '(') === expects ? true : null
  if (kind === 'comma') return expects || open.at(-1) !== '(' ? null : true
  if (expects && before && STEP.has(before.text) && !isStep(kind, text)) return null
  if (!expects) return BINARY.has(text) || (kind === 'name' && WORD.test(text)) ? true : null
  if (kind === 'function') return true
  if (kind !== 'operator') return false
  if (text === '.' || text === '..' || text === '*') return false
  return text === '-' || text === '/' || text === '//' || text === '@' ? true : null
}
