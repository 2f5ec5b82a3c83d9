/** A piece of an expression as an XLSForm has it: XPath with `${name}`. `function`: a name that is called. */
export type Token = { kind: 'space' | 'string' | 'date' | 'number' | 'reference' | 'function' | 'name' | 'operator' | 'open' | 'close' | 'comma' | 'other'; text: string; start: number }

const NAME = '[\\p{L}_][\\p{L}\\p{M}\\p{N}_.\\-]*(?::[\\p{L}_][\\p{L}\\p{M}\\p{N}_.\\-]*)?'
const DATE = '\\d{4}-\\d{2}-\\d{2}(?:T[\\d:.+\\-Z]+)?|\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:[+\\-]\\d{2}:\\d{2}|Z)?'
/** In the order of trying. A hyphen within a name belongs to it, as in XPath. */
const KINDS: [Token['kind'], string][] = [
  ['space', '\\s+'], ['string', '"[^"]*"|\'[^\']*\''], ['reference', '\\$\\{[^{}]*\\}'], ['date', DATE], ['number', '\\d+(?:\\.\\d*)?|\\.\\d+'],
  ['function', `${NAME}(?=\\s*\\()`], ['name', NAME], ['open', '[(\\[]'], ['close', '[)\\]]'], ['comma', ','],
  ['operator', '\\.\\.|::|//|!=|<=|>=|[.@/|+\\-=<>*]'], ['other', '[\\s\\S]'],
]
const PIECE = new RegExp(KINDS.map(([, pattern]) => `(${pattern})`).join('|'), 'gu')

/** Words that stand between two values; before a bracket they are no function. */
const WORD_OPERATORS = /^(and|or|div|mod)$/

export function tokensOf(expression: string): Token[] {
  return [...expression.matchAll(PIECE)].map(match => {
    const kind = (KINDS[match.slice(1).findIndex(group => group !== undefined)] as (typeof KINDS)[number])[0]
    return { kind: kind === 'function' && WORD_OPERATORS.test(match[0]) ? 'name' : kind, text: match[0], start: match.index }
  })
}

export type Reference = { name: string; lastSaved: boolean }
/** What is written as a reference, whether or not there is a name in it. */
export const REFERENCES = /\$\{([^{}]*)\}/g
const LAST_SAVED = 'last-saved#'

/** Null: there is no name in it. @example referenceIn('${age}') // => { name: 'age', lastSaved: false } */
export function referenceIn(text: string): Reference | null {
  const [found] = text.matchAll(REFERENCES), written = (found?.[1] ?? '').trim(), lastSaved = written.startsWith(LAST_SAVED)
  const name = lastSaved ? written.slice(LAST_SAVED.length).trim() : written
  return name === '' ? null : { name, lastSaved }
}

/** The text names a question, or is meant to. */
export const hasReference = (text: string): boolean => text.includes('${')
/** The expression is one reference and nothing else. */
export const isReference = (text: string): boolean => /^\s*\$\{[^{}]+\}\s*$/.test(text)

/** Types whose fixed values hold hyphens. */
const WITH_HYPHENS = new Set(['date', 'dateTime', 'geopoint', 'geotrace', 'geoshape'])
const WORDS = / (div|mod) /

/** A default that must be computed: it calls a function, names a question, counts, joins or filters. @example isDynamic('today()', 'date') // => true */
export function isDynamic(value: string, type: string): boolean {
  const tokens = tokensOf(value)
  for (const [i, { kind, text, start }] of tokens.entries()) {
    if (kind === 'reference' || (kind === 'function' && value[start + text.length] === '(') || (text === '[' && tokens[i - 1]?.kind === 'name')) return true
    if (kind !== 'operator' || !'*+-|'.includes(text)) continue
    const next = tokens[i + 1], isSign = text === '-' && next?.kind === 'number'
    if (text === '-' && WITH_HYPHENS.has(type)) return false
    if (!isSign) return true
  }
  return WORDS.test(value)
}
