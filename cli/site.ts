import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { reasonOf } from '../server/base/folder.ts'
import { cliProblems } from './problems.ts'

const CHECKOUT = fileURLToPath(new URL('..', import.meta.url))
export const SITE_FOLDER = join(CHECKOUT, 'web/build')
const HASH_FILE = join(SITE_FOLDER, '.hash')
const LOCK_FILE = join(CHECKOUT, 'web/.building')
const SOURCES = ['web/**', 'domain/**', 'engine/**', 'tools/check/messages.ts', 'vite.config.ts', 'package-lock.json']
const MADE_BY_THE_BUILD = /^web\/(build|paraglide|\.svelte-kit|node_modules|project\.inlang\/cache)\/|\.test\.ts$|\.building$/
const LOG_TAIL_CHARACTERS = 3000

/** Builds the site when its sources differ from those of the build that is there. Gives false when there was nothing to do. */
export async function buildSite(onBuild: () => void = () => {}, stop?: AbortSignal): Promise<boolean> {
  if (isBuilt()) return false
  await takeTurn(stop)
  try {
    if (isBuilt()) return false
    onBuild()
    rmSync(HASH_FILE, { force: true })
    const hash = hashOfSources()
    await runVite(stop)
    writeFileSync(HASH_FILE, hash)
    return true
  } finally {
    rmSync(LOCK_FILE, { force: true })
  }
}

function isBuilt(): boolean {
  return existsSync(HASH_FILE) && readFileSync(HASH_FILE, 'utf8') === hashOfSources()
}

function hashOfSources(): string {
  const hash = createHash('sha256')
  const files = globSync(SOURCES, { cwd: CHECKOUT }).map(file => file.replaceAll('\\', '/')).filter(file => !MADE_BY_THE_BUILD.test(file)).sort()
  for (const file of files) {
    if (statSync(join(CHECKOUT, file)).isFile()) hash.update(`${file}\0`).update(readFileSync(join(CHECKOUT, file)))
  }
  return hash.digest('hex')
}

/** Two starts at once build once: the second waits for the first, unless that one has died. */
async function takeTurn(stop?: AbortSignal): Promise<void> {
  for (;;) {
    try {
      mkdirSync(SITE_FOLDER, { recursive: true })
      return writeFileSync(LOCK_FILE, String(process.pid), { flag: 'wx' })
    } catch (error) {
      if (reasonOf(error) !== 'EEXIST') throw cliProblems.siteNotWritable({ folder: SITE_FOLDER, reason: reasonOf(error) })
    }
    if (!isAlive(Number(readHolder()))) rmSync(LOCK_FILE, { force: true })
    await wait(200, null, stop ? { signal: stop } : {})
  }
}

function readHolder(): string {
  try { return readFileSync(LOCK_FILE, 'utf8') } catch { return '0' }
}

function isAlive(pid: number): boolean {
  try { return process.kill(pid, 0) } catch (error) { return reasonOf(error) === 'EPERM' }
}

/** In a process of its own, beside the work on the database. */
function runVite(stop?: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
    cwd: CHECKOUT, env: { ...process.env, NODE_ENV: 'production' }, stdio: ['ignore', 'pipe', 'pipe'], ...(stop && { signal: stop }),
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', text => { output += text })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => code === 0 ? resolve() : reject(cliProblems.siteFailed({ log: output.trim().slice(-LOG_TAIL_CHARACTERS) })))
  })
}
