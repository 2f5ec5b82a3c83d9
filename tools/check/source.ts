import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** One file of ours, with its path from the root of the checkout. */
export type Source = { path: string; text: string }
/** What a check found, in a sentence. `line` counts from 1. */
export type Fault = { file: string; line?: number; say: string }

const FOLDERS = ['domain', 'engine', 'server', 'web', 'cli', 'seed', 'tools', 'tests', 'bench']
/** Made by a tool at build time, not written by a person. */
const GENERATED = ['web/build', 'web/paraglide', 'web/.svelte-kit', 'web/project.inlang', '.svelte-kit', 'node_modules']
const CODE = /\.(ts|js|mjs|svelte)$/

/** All code that people wrote here, in a stable order. */
export function listSources(root: string): Source[] {
  const paths = [...listFiles(root, ''), ...FOLDERS.flatMap(folder => listTree(root, folder))]
  return paths.filter(path => CODE.test(path)).sort().map(path => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** All Markdown that people read here. */
export function listDocuments(root: string): Source[] {
  const paths = [...listFiles(root, ''), ...['docs', ...FOLDERS].flatMap(folder => listTree(root, folder))]
  return paths.filter(path => path.endsWith('.md')).sort().map(path => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

export function isTest(path: string): boolean {
  return /\.test\.ts$/.test(path)
}

function listFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder)).map(name => join(folder, name)).filter(path => statSync(join(root, path)).isFile())
}

function listTree(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder)) || GENERATED.includes(folder)) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : listTree(root, path)
    return entry.isFile() ? [path] : []
  })
}
