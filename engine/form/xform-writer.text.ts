import type { Context, Resolver } from './reference.ts'
import { element, type Xml } from './xform-writer.xml.ts'

/** A text for people: each `${name}`, and each look-up in a list, becomes the value that it has when it is read. */
export function contentOf(text: string, where: Context, resolver: Resolver): (Xml | string)[] {
  const pieces: (Xml | string)[] = []
  let at = 0
  resolver.checkText(text, where.spot)
  for (const { start, end } of spansOf(text)) {
    if (start > at) pieces.push(text.slice(at, start))
    const written = text.slice(start, end)
    pieces.push(element('output', { value: written.startsWith('$') ? resolver.attribute(written, where) : resolver.expression(written, where) }))
    at = end
  }
  return at < text.length ? [...pieces, text.slice(at)] : pieces
}

type Span = { start: number; end: number }

function spansOf(text: string): Span[] {
  const spans: Span[] = []
  for (const { index: start, 0: found } of text.matchAll(/\$\{[^{}]*\}|\binstance\s*\(/g)) {
    if (start < (spans.at(-1)?.end ?? 0)) continue
    const end = found.startsWith('$') ? start + found.length : endOfPath(text, start)
    if (end > start) spans.push({ start, end })
  }
  return spans
}

/** Where the path that begins with `instance(…)` ends: its steps and their filters belong to it. 0: it does not close, and is a text. */
function endOfPath(text: string, start: number): number {
  let at = closing(text, text.indexOf('(', start))
  while (at > 0) {
    const step = /^(\/[\p{L}_.][\p{L}\p{M}\p{N}_.-]*)/u.exec(text.slice(at))
    if (step) at += (step[0].endsWith('.') ? step[0].replace(/\.+$/, '') : step[0]).length
    else if (text[at] === '[') at = closing(text, at)
    else return at
  }
  return 0
}

/** Just behind the bracket that closes the one at `open`; 0 when none does. */
function closing(text: string, open: number): number {
  let depth = 0
  for (const { index, 0: mark } of text.slice(open).matchAll(/"[^"]*"|'[^']*'|[()[\]]/g)) {
    depth += mark === '(' || mark === '[' ? 1 : mark === ')' || mark === ']' ? -1 : 0
    if (depth === 0) return open + index + 1
  }
  return 0
}
