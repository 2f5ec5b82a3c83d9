import { lineAt } from './imports.ts'
import type { Fault, Source } from './source.ts'

/** A word of the glossary's *avoid* column, and the one to use. */
export type AvoidedWord = { avoid: string; use: string }

/** Rows `| Thai | English | in code | avoid |`; several words are parted by commas, what stands in brackets is advice for people. */
export function parseAvoided(glossary: string): AvoidedWord[] {
  const rows = glossary.split('\n').filter(line => line.startsWith('|')).map(line => line.split('|').slice(1, -1).map(cell => cell.trim()))
  return rows.filter(row => row.length >= 4 && !/^-+$/.test(row[0] ?? '') && row[3] !== 'avoid').flatMap(row =>
    (row[3] as string).replace(/\([^)]*\)/g, '').split(',').map(word => word.replace(/[*`“”]/g, '').trim()).filter(Boolean)
      .map(avoid => ({ avoid, use: /[\u0e00-\u0e7f]/.test(avoid) ? row[0] as string : row[1] as string })))
}

/** Where a person would read a word that the glossary avoids. Code spans and addresses are left alone. */
export function findAvoidedWords(texts: Source[], avoided: AvoidedWord[]): Fault[] {
  return texts.flatMap(({ path, text }) => {
    const plain = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, blank).replace(/`[^`\n]*`/g, blank).replace(/\]\([^)]*\)/g, blank).replace(/https?:\S+/g, blank)
    return avoided.flatMap(({ avoid, use }) =>
      [...plain.matchAll(patternOf(avoid))].map(match => ({ file: path, line: lineAt(plain, match.index), say: `says “${match[0]}”: the glossary says ${use}` })))
  })
}

function blank(piece: string): string {
  return piece.replace(/[^\n]/g, ' ')
}

/** English as a whole word in any case, with its plural; Thai has no spaces between words and is found anywhere. */
function patternOf(word: string): RegExp {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return /[\u0e00-\u0e7f]/.test(word) ? new RegExp(escaped, 'g') : new RegExp(`(?<![\\p{L}\\p{N}-])${escaped}s?(?![\\p{L}\\p{N}])`, 'giu')
}
