import { dirname, join } from 'node:path'
import { parse } from 'svelte/compiler'
import ts from 'typescript'
import type { Source } from './source.ts'

/** One import of one file: as it is written, and the file of ours it means (null: a package or something of Node). */
export type Import = { from: string; spec: string; line: number; to: string | null }
/** `#lib/*` → `./web/*`, as in the `imports` of package.json. */
export type Aliases = Record<string, string>

/** Every import of a file: plain, `import type`, `import('…')` as value or type, re-exports; in `.svelte` also in the markup. */
export function importsOf(source: Source, aliases: Aliases = {}): Import[] {
  return scriptsOf(source).flatMap(script =>
    ts.preProcessFile(script.text, true, true).importedFiles.map(found => ({
      from: source.path,
      spec: found.fileName,
      line: lineAt(source.text, script.start + found.pos),
      to: resolveImport(source.path, found.fileName, aliases),
    })))
}

/** The pieces of TypeScript in a file, with where they start. */
export function scriptsOf(source: Source): { text: string; start: number }[] {
  if (!source.path.endsWith('.svelte')) return [{ text: source.text, start: 0 }]
  const tree = parse(source.text, { modern: true })
  const scripts = [tree.module, tree.instance].flatMap(script => script ? [script.content as unknown as Span] : [])
  const pieces = [...scripts, ...importExpressions(tree.fragment)]
  return pieces.map(({ start, end }) => ({ text: source.text.slice(start, end), start }))
}

type Span = { start: number; end: number }

/** `import('…')` written in the markup, for example in an `{#await}` block. */
function importExpressions(node: unknown): Span[] {
  if (Array.isArray(node)) return node.flatMap(importExpressions)
  if (!node || typeof node !== 'object') return []
  const own = 'type' in node && node.type === 'ImportExpression' ? [node as unknown as Span] : []
  return [...own, ...Object.values(node).flatMap(importExpressions)]
}

/** The file of ours that an import means; null for a package, a part of Node or of the site's framework. */
export function resolveImport(from: string, spec: string, aliases: Aliases): string | null {
  const plain = spec.replace(/\?.*$/, '')
  if (plain.startsWith('.')) return join(dirname(from), plain)
  for (const [name, target] of Object.entries(aliases)) {
    const stem = name.replace(/\*$/, '')
    if (plain === name || (name.endsWith('*') && plain.startsWith(stem))) return join(target.replace(/\*$/, ''), plain.slice(stem.length))
  }
  return null
}

export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}
