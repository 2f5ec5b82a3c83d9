import type { Fault } from './source.ts'

/** One language's message file: nested texts, or a list of variants as Paraglide writes plurals. */
export type Messages = { [key: string]: unknown }

/** Texts that one language lacks, that are empty, or whose blanks (`{count}`) differ between the languages. */
export function findMessageFaults(languages: Record<string, Messages>): Fault[] {
  const flat = Object.entries(languages).map(([lang, messages]) => ({ file: `web/messages/${lang}.json`, texts: flatten(messages) }))
  const keys = [...new Set(flat.flatMap(({ texts }) => [...texts.keys()]))].sort()
  const first = flat[0]
  return keys.flatMap(key => flat.flatMap(({ file, texts }) => {
    const text = texts.get(key)
    if (text === undefined) return [{ file, say: `has no text for “${key}”` }]
    if (text.trim() === '') return [{ file, say: `the text “${key}” is empty` }]
    const wanted = blanksOf(first?.texts.get(key) ?? text)
    const found = blanksOf(text)
    return wanted === found ? [] : [{ file, say: `“${key}” has the blanks ${found || 'none'}, in the other language ${wanted || 'none'}` }]
  }))
}

function flatten(messages: Messages, prefix = ''): Map<string, string> {
  return new Map(Object.entries(messages).filter(([key]) => key !== '$schema').flatMap(([key, value]) => {
    const name = prefix + key
    if (typeof value === 'string') return [[name, value] as const]
    if (Array.isArray(value)) return [[name, JSON.stringify(value)] as const]
    return value && typeof value === 'object' ? [...flatten(value as Messages, `${name}.`)] : [[name, ''] as const]
  }))
}

function blanksOf(text: string): string {
  return [...new Set([...text.matchAll(/\{\s*(\w+)\s*\}/g)].map(match => match[1]))].sort().join(', ')
}
