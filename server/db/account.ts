import { spawn, spawnSync } from 'node:child_process'
import { chownSync, closeSync, existsSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { startProblems } from '../base/problems.ts'

/** The account PostgreSQL runs as; null: the one we are. */
export type Account = { uid: number; gid: number } | null

/**
 * PostgreSQL refuses to run as root. Then it runs as the owner of the folder
 * (so that a start by `sudo` leaves files that the owner can use), else as `nobody`.
 */
export function accountFor(folder: string): Account {
  if (process.getuid?.() !== 0) return null
  const { uid, gid } = statSync(nearestExisting(folder))
  return uid === 0 ? nobody() : { uid, gid }
}

function nobody(): Account {
  const [uid, gid] = ['-u', '-g'].map(flag => Number.parseInt(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout))
  if (!uid || !gid) throw startProblems.noAccount({})
  return { uid, gid }
}

function nearestExisting(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : nearestExisting(dirname(path))
}

export function giveTo(account: Account, path: string): void {
  if (account) chownSync(path, account.uid, account.gid)
}

/** Whether the account may run a program and the program finds its libraries. */
export function canRun(account: Account, program: string): boolean {
  return spawnSync(program, ['--version'], { ...account, stdio: 'ignore', cwd: '/' }).status === 0
}

export type Outcome = { ok: boolean; output: string }

/**
 * Runs a program of PostgreSQL on a folder to its end. As another account it gets the folder as an open door (descriptor 3)
 * instead of a path: the folder may lie in a home that this account cannot enter.
 */
export function runAs(account: Account, program: string, folder: string, args: (folder: string) => string[]): Promise<Outcome> {
  const door = account ? openSync(folder, 'r') : null
  return new Promise<Outcome>(resolve => {
    const child = spawn(program, args(door === null ? folder : '/proc/self/fd/3'), {
      ...account, cwd: '/', env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe', ...(door === null ? [] : [door])],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', text => { output += text })
    child.on('error', error => resolve({ ok: false, output: error.message }))
    // 'exit', not 'close': the server that pg_ctl leaves behind may hold our pipes open.
    child.on('exit', code => setImmediate(() => resolve({ ok: code === 0, output: output.trim() })))
  }).finally(() => { if (door !== null) closeSync(door) })
}
