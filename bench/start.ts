import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readEnvironment } from '../server/base/environment.ts'
import { openDatabase } from '../server/db/open.ts'
import { startServer } from '../tests/setup/server.ts'
import { measure, median, type Runs } from './measure.ts'
import { inMs, type Result } from './results.ts'

const CHECKOUT = resolve(import.meta.dirname, '..')
const COLD_RUNS = 3, WARM_RUNS = 5

/** From the command to the first answer: on nothing but the packages, and again on what the first start left. */
export async function benchStart(): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-start-'))
  try {
    const checkout = await copyCheckout(join(folder, 'checkout'))
    const data = join(folder, 'data')
    const cold = await measureStarts(COLD_RUNS, checkout, data, () => forget(checkout, data))
    const warm = await measureStarts(WARM_RUNS, checkout, data)
    const database = await measure(WARM_RUNS, () => openAndClose(data), 1)
    await forget(checkout, data)
    const site = await measure(1, () => execFileSync(process.execPath, [join(CHECKOUT, 'node_modules/vite/bin/vite.js'), 'build'], { cwd: checkout, stdio: 'ignore' }), 0)
    return [
      { task: 'cold start, to the first answer', size: 'empty folder, site not built', ours: inMs(median(cold)), beside: `the site’s build alone ${inMs(median(site))}`, budget: '≤ 60 s' },
      { task: 'warm start, to the first answer', size: 'everything there', ours: inMs(median(warm)), beside: `its database alone, opened and closed, ${inMs(median(database))}`, budget: '≤ 5 s' },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureStarts(times: number, checkout: string, data: string, before: () => Promise<void> = async () => {}): Promise<Runs> {
  const ms: number[] = []
  for (let run = 0; run < times; run++) {
    await before()
    const server = await startServer(data, {}, checkout)
    ms.push(server.readyAfterMs)
    await server.stop()
  }
  return { ms: ms.sort((a, b) => a - b) }
}

async function openAndClose(data: string): Promise<void> {
  await (await openDatabase(readEnvironment({ RAKKAEO_DATA: data, RAKKAEO_KEYS: `${data}.keys` }), 'command')).close()
}

/** What a fresh clone with its packages holds, and nothing that was built. */
async function copyCheckout(to: string): Promise<string> {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: CHECKOUT, encoding: 'utf8' }).split('\0').filter(Boolean)
  for (const file of files) await cp(join(CHECKOUT, file), join(to, file)).catch(ignoreDeleted)
  await symlink(join(CHECKOUT, 'node_modules'), join(to, 'node_modules'))
  return to
}

/** A file that git still knows and that is no longer there. */
function ignoreDeleted(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

async function forget(checkout: string, data: string): Promise<void> {
  const made = ['web/build', 'web/.svelte-kit', 'web/paraglide', 'web/node_modules', '.svelte-kit'].map(path => join(checkout, path))
  for (const path of [...made, data, `${data}.keys`]) await rm(path, { recursive: true, force: true })
}
