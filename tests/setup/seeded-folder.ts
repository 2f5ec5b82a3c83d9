import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { hashOf, SEEDED } from './content.ts'
import { rakkaeo } from './command.ts'
import { inTurn } from './fresh.ts'

/** A data folder as the first start leaves it, kept between runs by the content it was made from. */
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/rakkaeo-test')
const KEPT = join(CACHE, `folder-${hashOf(SEEDED)}`)

export const isRoot = process.getuid?.() === 0
export const NOBODY = isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : null

function idOf(flag: string): number {
  return Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout)
}

/** A copy of a seeded data folder, with its keys, at a new place. Test files take turns to make the first one. */
export async function copySeeded(to: string, owner: { uid: number; gid: number } | null = null): Promise<string> {
  await inTurn('seeded folder', async () => { if (!existsSync(join(KEPT, 'done'))) await makeKept() })
  mkdirSync(dirname(to), { recursive: true })
  spawnSync('cp', ['-a', join(KEPT, 'data'), to])
  spawnSync('cp', ['-a', join(KEPT, 'data.keys'), `${to}.keys`])
  if (owner) spawnSync('chown', ['-R', `${owner.uid}:${owner.gid}`, to, `${to}.keys`])
  return to
}

async function makeKept(): Promise<void> {
  for (const old of globSync(join(CACHE, 'folder-*'))) rmSync(old, { recursive: true, force: true })
  mkdirSync(KEPT, { recursive: true })
  const made = await rakkaeo(['migrate'], { env: { RAKKAEO_DATA: join(KEPT, 'data') } })
  if (made.code !== 0) throw new Error(made.err)
  spawnSync('touch', [join(KEPT, 'done')])
}

/** The process that serves the database of a data folder; null when none does. */
export function postmasterOf(dataFolder: string): number | null {
  const file = join(dataFolder, 'postgres/postmaster.pid')
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0
  return pid && isRunning(pid) ? pid : null
}

/** A zombie has no command line. */
export function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== ''
}

export function makeTempFolder(): string {
  return mkdtempSync(join(tmpdir(), 'rakkaeo-start-'))
}
