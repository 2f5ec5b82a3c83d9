import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Plugin } from 'vite'

const NAME = 'virtual:collector-files', PAGE = 'routes/collect/+page.svelte'
const BUILT = '.svelte-kit/output/client/.vite/manifest.json', NODES = '.svelte-kit/generated/build/client-optimized/nodes/*.js'

export type Manifest = Record<string, { file: string; name?: string; imports?: string[]; dynamicImports?: string[]; css?: string[]; assets?: string[] }>

/**
 * Tells the service worker, which is built after the site, what the collector consists of. SvelteKit tells it every file of the site, the
 * explorer's map among them, which nobody should have to fetch for a phone that collects.
 */
export function collectorFiles(): Plugin {
  let root = ''
  return {
    name: 'collector-files',
    configResolved(config) { root = config.root },
    resolveId: id => id === NAME ? `\0${NAME}` : undefined,
    load: id => id === `\0${NAME}` ? `export const files = ${JSON.stringify(existsSync(join(root, BUILT)) ? readFiles(root) : [])}` : undefined,
  }
}

function readFiles(root: string): string[] {
  const page = globSync(join(root, NODES)).find(node => readFileSync(node, 'utf8').includes(PAGE))
  if (!page) throw new Error(`no part of the site shows ${PAGE}: the collector would not open without a network`)
  return filesBehind(JSON.parse(readFileSync(join(root, BUILT), 'utf8')) as Manifest, relative(root, page))
}

const FRAME = ['entry/start', 'entry/app', 'entry/payload', 'nodes/0', 'nodes/1'], ALL_PAGES = 'entry/app'

/** Addresses of all that a page needs, what it loads later too; of the other pages, which the frame names, nothing. */
export function filesBehind(manifest: Manifest, page: string): string[] {
  const open = [...Object.keys(manifest).filter(key => FRAME.includes(manifest[key]?.name ?? '')), page]
  const seen = new Set(open), files = new Set<string>()
  for (const key of open) {
    const part = manifest[key]
    if (!part) throw new Error(`${key} is not among what was built`)
    for (const file of [part.file, ...part.css ?? [], ...part.assets ?? []]) files.add(`/${file}`)
    for (const next of [...part.imports ?? [], ...part.name === ALL_PAGES ? [] : part.dynamicImports ?? []]) if (!seen.has(next)) { seen.add(next); open.push(next) }
  }
  return [...files].sort()
}
