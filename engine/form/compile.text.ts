import { known, ofTexts, type Functions } from './compile.known.ts'
import { LETTERS, spread, toNumber, toText, type Client } from './compile.values.ts'

export const TEXT_FUNCTIONS: Functions = {
  string: known(0, 1, ({ node, given }, value = [node]) => toText(value, given)),
  concat: known(0, Infinity, ({ given }, ...values) => spread(values, given).join('')),
  join: known(1, Infinity, ({ given }, glue = '', ...values) => spread(values, given).join(toText(glue, given))),
  'string-length': known(0, 1, ({ node, given }, value = [node]) => toText(value, given).length),
  'normalize-space': known(0, 1, ({ node, given }, value = [node]) => toText(value, given).trim().replace(/[ \t\r\n]+/g, ' ')),
  contains: ofTexts(2, 2, (text = '', part = '') => text.includes(part)),
  'starts-with': ofTexts(2, 2, (text = '', part = '') => text.startsWith(part)),
  'ends-with': ofTexts(2, 2, (text = '', part = '') => text.endsWith(part)),
  'substring-before': ofTexts(2, 2, (text = '', part = '') => text.slice(0, Math.max(0, text.indexOf(part)))),
  'substring-after': ofTexts(2, 2, (text = '', part = '') => text.includes(part) ? text.slice(text.indexOf(part) + part.length) : ''),
  substring: known(2, 3, ({ given }, text = '', start = 1, length = Infinity) => substring(toText(text, given), toNumber(start, given), toNumber(length, given))),
  substr: known(2, 3, ({ given }, text = '', start = 0, end = Infinity) => substr(toText(text, given), toNumber(start, given), toNumber(end, given))),
  translate: known(3, 3, ({ given }, ...values) => {
    const [text = '', from = '', to = ''] = values.map(value => toText(value, given))
    given.spend(text.length * (1 + from.length / LETTERS))
    return [...text].map(letter => from.includes(letter) ? to[from.indexOf(letter)] ?? '' : letter).join('')
  }),
  'boolean-from-string': known(1, 1, ({ given }, value = '') => {
    const text = toText(value, given)
    return text === '1' || (given.client === 'collect' ? text.toLowerCase() : text) === 'true'
  }),
  uuid: known(0, 1, ({ given }, length) => length === undefined ? given.uuid() : letters(given.uuid, toNumber(length, given))),
}

/** From 1, with rounding, as XPath 1.0 says. */
function substring(text: string, start: number, length: number): string {
  const first = Math.max(1, Math.round(start)), end = Math.round(start) + Math.round(length)
  return end > first ? text.slice(first - 1, end - 1) : ''
}

/** From 0, from the end where negative, up to and without `end`. */
function substr(text: string, start: number, end: number): string {
  return Number.isNaN(start) || Number.isNaN(end) ? '' : text.slice(Math.trunc(start), Math.trunc(end))
}

function letters(uuid: () => string, length: number): string {
  let text = ''
  while (text.length < Math.min(length, 1000)) text += uuid()
  return text.slice(0, Math.max(0, length || 0))
}

/** Collect wants the whole answer to be of the pattern, Web Forms and the specification a part of it. @throws SyntaxError */
export function patternOf(pattern: string, client: Client): RegExp {
  return new RegExp(client === 'collect' ? `^(?:${pattern})$` : pattern)
}
