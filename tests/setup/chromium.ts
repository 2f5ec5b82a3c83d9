import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { arch } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'

/** A Chromium that runs here, with the settings it needs, and where it came from. */
export type Chromium = { path: string; env: Record<string, string>; from: string }

const run = promisify(execFile)
const cache = resolve(import.meta.dirname, '../../node_modules/.cache/chromium')

/** The browser tests never pass by not running: without a Chromium they fail with this sentence. */
const NONE = 'No Chromium runs on this machine, and none could be installed. Install one (Debian: apt-get install chromium) or name one in RAKKAEO_CHROMIUM.'

/** The one that is named, else one on the PATH, else the one that comes as an npm package, else Debian's. */
export async function getChromium(env: NodeJS.ProcessEnv = process.env): Promise<Chromium> {
  if (env.RAKKAEO_CHROMIUM) return mustRun({ path: env.RAKKAEO_CHROMIUM, env: {}, from: 'RAKKAEO_CHROMIUM' })
  const ways = [() => Promise.resolve(findOnPath(env.PATH ?? '')), unpackFromNpm, installFromDebian]
  for (const way of ways) {
    const found = await way().catch(error => void console.log(`Chromium: ${String(error.message).split('\n')[0]}`))
    if (found && await version(found)) return found
  }
  throw new Error(NONE)
}

async function mustRun(named: Chromium): Promise<Chromium> {
  if (await version(named)) return named
  throw new Error(`The Chromium of ${named.from}, ${named.path}, does not run.`)
}

async function version({ path, env }: Chromium): Promise<string | null> {
  return run(path, ['--version', '--no-sandbox'], { env: { ...process.env, ...env }, timeout: 60_000 }).then(({ stdout }) => stdout.trim(), () => null)
}

function findOnPath(path: string): Chromium | null {
  const places = path.split(delimiter).flatMap(folder => ['chromium', 'chromium-browser', 'google-chrome'].map(name => join(folder, name)))
  const found = places.find(place => existsSync(place))
  return found ? { path: found, env: {}, from: 'PATH' } : null
}

/** Unpacked beside its final place and renamed, so that a run that was stopped leaves no half of it. */
async function unpackFromNpm(): Promise<Chromium | null> {
  if (process.platform !== 'linux' || arch() !== 'x64') return null
  if (!existsSync(cache)) {
    await mkdir(join(cache, '..'), { recursive: true })
    const half = await mkdtemp(`${cache}-`)
    await unpackInto(half)
    await rename(half, cache).catch(() => rm(half, { recursive: true }))
  }
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(cache, 'fonts') }
  return { path: join(cache, 'chromium'), env: fonts, from: '@sparticuz/chromium (npm)' }
}

/** The package unpacks into the folder for temporary files, so that is where this folder has to be for a moment. */
async function unpackInto(folder: string): Promise<void> {
  const { default: chromium } = await import('@sparticuz/chromium')
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  await chromium.executablePath().finally(() => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  })
}

async function installFromDebian(): Promise<Chromium | null> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null
  console.log('Chromium: installing Debian’s with apt-get …')
  await run('apt-get', ['update'], { timeout: 300_000 })
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 600_000 })
  return { path: '/usr/bin/chromium', env: {}, from: 'Debian (apt-get)' }
}
