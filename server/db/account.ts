import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, statSync } from 'node:fs'
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

/** Whether the account can pass every folder on the way. */
export function canReach(account: Account, folder: string): boolean {
  if (!account) return true
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, stdio: 'ignore', cwd: '/' }).status === 0
}

/** Whether the account may run a program and the program finds its libraries. */
export function canRun(account: Account, program: string): boolean {
  return spawnSync(program, ['--version'], { ...account, stdio: 'ignore', cwd: '/' }).status === 0
}

export type Outcome = { ok: boolean; output: string }

/** Runs a program of PostgreSQL to its end as the account. */
export function runAs(account: Account, program: string, args: string[], input?: string): Promise<Outcome> {
  return new Promise(resolve => {
    const child = spawn(program, args, { ...account, cwd: '/', env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' }, stdio: ['pipe', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', text => { output += text })
    child.stderr.on('data', text => { output += text })
    child.stdin.on('error', () => {})
    child.stdin.end(input ?? '')
    child.on('error', error => resolve({ ok: false, output: error.message }))
    // 'exit', not 'close': the server that pg_ctl leaves behind may hold our pipes open.
    child.on('exit', code => setImmediate(() => resolve({ ok: code === 0, output: output.trim() })))
  })
}
