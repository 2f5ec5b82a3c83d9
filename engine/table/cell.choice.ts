import { distance } from 'fastest-levenshtein'
import type { Choice } from '../../domain/dataset/dataset.form.ts'
import { cellFault } from '../../domain/table/problems.cell.ts'
import type { TableCell } from '../../domain/table/table.ts'
import { squeeze } from '../text/fold.ts'
import { latinDigits, value, type CellResult } from './cell.result.ts'

const YES = new Set(['ใช่', 'มี', 'เป็น', 'จริง', 'ได้', 'ถูก', 'yes', 'y', 'true', 't', '1', '✓', '✔', '☑', '/', 'x']), NO = new Set(['ไม่ใช่', 'ไม่มี', 'ไม่เป็น', 'ไม่', 'เท็จ', 'ไม่ได้', 'ผิด', 'no', 'n', 'false', 'f', '0', '✗', '✘', '☐'])
const MOST_LISTED = 8, NEAR = 0.34
type Read = (text: string, cell: TableCell) => CellResult

/** A tick means yes; a cross is what many make for a tick, so it is asked about. */
export function readYesNo(text: string): CellResult {
  const plain = latinDigits(text).toLowerCase()
  return plain === 'x' || (!YES.has(plain) && !NO.has(plain)) ? { fault: cellFault('notYesNo', {}) } : value(YES.has(plain))
}

/** The name of a choice: as it is written, by its label in either language, or as somebody said for this file. Where the choices stand in another file, as written. */
export function choiceReader(choices: readonly Choice[] | null, said: Readonly<Record<string, string>>): Read {
  const find = choices === null ? null : makeFinder(choices, said)
  return text => find === null ? value(said[text] ?? text) : finding(find(text), text, choices ?? [])
}

/** Names of several choices: parted by spaces as forms write them, or labels parted by commas and the like. */
export function choicesReader(choices: readonly Choice[] | null, said: Readonly<Record<string, string>>): Read {
  if (choices === null) return text => value(text.split(/[\s,;|]+/).filter(Boolean))
  const find = makeFinder(choices, said), names = new Set(choices.map(choice => choice.value))
  return text => {
    const whole = find(text)
    if (typeof whole === 'string') return value([whole])
    const words = text.split(/\s+/), parts = words.every(word => names.has(word)) ? words : piecesOf(text, find)
    const results = parts.map(part => finding(find(part), part, choices))
    return results.find(result => 'fault' in result) ?? value([...new Set(results.map(result => 'value' in result ? String(result.value) : ''))])
  }
}

/** A slash may be part of a label. */
function piecesOf(text: string, find: Finder): string[] {
  const pieces = text.split(/\s*[,;|\n]\s*/).filter(Boolean)
  return pieces.flatMap(piece => typeof find(piece) === 'string' ? [piece] : piece.split(/\s*\/\s*/).filter(Boolean))
}

/** Null: none; undefined: more than one. */
type Finder = (text: string) => string | null | undefined

function makeFinder(choices: readonly Choice[], said: Readonly<Record<string, string>>): Finder {
  const names = new Set(choices.map(choice => choice.value)), known = new Map(Object.entries(said)), byLabel = new Map<string, string | undefined>()
  for (const { value, label } of choices) for (const key of new Set([value, label.th, label.en].map(keyOf))) byLabel.set(key, byLabel.has(key) && byLabel.get(key) !== value ? undefined : value)
  for (const [words, name] of [[YES, 'yes'], [NO, 'no']] as const) if (names.has(name)) for (const word of words) if (word !== 'x' && !byLabel.has(keyOf(word))) byLabel.set(keyOf(word), name)
  return text => {
    const chosen = known.get(text) ?? (names.has(text) ? text : null)
    if (chosen !== null) return chosen
    const key = keyOf(text), found = byLabel.has(key) ? byLabel.get(key) : null
    if (known.size < MOST_REMEMBERED && typeof found === 'string') known.set(text, found)
    return found
  }
}
const MOST_REMEMBERED = 10_000

/** Signs alone have no letters to fold. */
const keyOf = (text: string) => squeeze(text) || text.trim()

function finding(found: string | null | undefined, text: string, choices: readonly Choice[]): CellResult {
  if (typeof found === 'string') return value(found)
  if (found === undefined) return { fault: cellFault('twoChoices', {}) }
  const listed = choices.slice(0, MOST_LISTED).map(choice => choice.label.th || choice.value).join(', ') + (choices.length > MOST_LISTED ? ', …' : '')
  return { fault: cellFault('unknownChoice', { near: nearest(text, choices), choices: listed }) }
}

function nearest(text: string, choices: readonly Choice[]): string {
  const key = keyOf(text).slice(0, 100)
  const [best] = choices.flatMap(({ label }) => [label.th, label.en].map(name => ({ name, share: distance(keyOf(name), key) / Math.max(1, key.length) }))).sort((a, b) => a.share - b.share)
  return best && best.share <= NEAR ? best.name : ''
}
