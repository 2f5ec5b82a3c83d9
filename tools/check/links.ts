import { dirname, join, normalize } from 'node:path'
import { lineAt } from './imports.ts'
import type { Fault, Source } from './source.ts'

/** Links in Markdown to a file or a heading that is not there. Addresses of the web are not asked. */
export function findDeadLinks(documents: Source[], exists: (path: string) => boolean): Fault[] {
  const headings = new Map(documents.map(({ path, text }) => [path, anchorsOf(text)]))
  return documents.flatMap(({ path, text }) => linksOf(text).flatMap(({ href, line }) => {
    const [target = '', anchor] = decodeURIComponent(href).split('#')
    const file = target === '' ? path : normalize(join(dirname(path), target)).replace(/\/$/, '')
    if (!exists(file)) return [{ file: path, line, say: `links to ${href}, which is not there` }]
    const known = headings.get(file)
    return anchor && known && !known.has(anchor) ? [{ file: path, line, say: `links to the heading #${anchor} of ${file}, which is not there` }] : []
  }))
}

function linksOf(text: string): { href: string; line: number }[] {
  const plain = withoutCode(text)
  const found = [...plain.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g), ...plain.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm), ...plain.matchAll(/(?:src|href)="([^"]+)"/g)]
  return found.map(match => ({ href: match[1] as string, line: lineAt(plain, match.index) })).filter(({ href }) => !/^[a-z][a-z0-9+.-]*:/i.test(href))
}

/** Keeps the line numbers: what stands in code is blanked, not removed. */
function withoutCode(text: string): string {
  return text.replace(/^(```|~~~)[\s\S]*?^\1/gm, block => block.replace(/[^\n]/g, ' ')).replace(/`[^`\n]*`/g, code => ' '.repeat(code.length))
}

/** The anchors that a forge makes of headings: lower case, spaces to hyphens, punctuation dropped, letters of any script kept. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#{1,6}\s+(.+?)\s*$/gm)].map(match => (match[1] as string).replace(/`/g, ''))
  return new Set(headings.map(heading => heading.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '').replace(/\s/g, '-')))
}
