import type { Book } from './book.sheets.ts'
import { unpacked } from './zip-entries.ts'

/** Stands in a cell for a formula that was never computed. */
export const UNSOLVED = '#UNSOLVED!'

const FORMULA = /<c r="([A-Z]{1,3})(\d{1,7})"[^>]*><f(?:\s[^>]*)?(?:\/>|>[^<]*<\/f>)(?:<v\s*\/>|<v><\/v>)?<\/c>/g
const MOST_PLACES = 100_000, MOST_PENDING = 100_000, BASE = 26

/**
 * Columns by row of formulas that no spreadsheet has computed, which the library gives as blank cells: the sheet is looked through for them alone.
 * Programs write such files; Excel computes when it saves.
 */
export async function unsolvedFormulas({ bytes, entries, sheets }: Book, sheet: string): Promise<ReadonlyMap<number, number[]>> {
  const found = new Map<number, number[]>(), path = sheets.find(({ name }) => name === sheet)?.path, entry = entries.find(({ name }) => name === path)
  if (!entry) return found
  const decoder = new TextDecoder()
  let pending = '', count = 0, size = 0
  for await (const chunk of unpacked(bytes, entry)) {
    if ((size += chunk.length) > entry.size || count > MOST_PLACES) break
    const text = pending + decoder.decode(chunk, { stream: true })
    if (text.includes('<f')) for (const [, letters = '', row] of text.matchAll(FORMULA)) { found.set(Number(row), [...found.get(Number(row)) ?? [], columnOf(letters)]); count++ }
    pending = text.slice(Math.max(text.lastIndexOf('<c '), text.length - MOST_PENDING, 0))
  }
  return found
}

const columnOf = (letters: string) => [...letters].reduce((sum, letter) => sum * BASE + letter.charCodeAt(0) - 64, 0) - 1
