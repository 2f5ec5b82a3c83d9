import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
/** The command is started dozens of times: what Node made of its code is kept between them. */
export const KEPT_CODE = { NODE_COMPILE_CACHE: resolve(root, 'node_modules/.cache/rakkaeo-test/code') }
export type Ran = { code: number | null; out: string; err: string; ms: number }
export type RunOptions = { env?: Record<string, string>; uid?: number; gid?: number }

/** Runs `rakkaeo …` to its end, as a person at the command line does, with English as the machine's language. */
export function rakkaeo(args: string[], { env = {}, ...account }: RunOptions = {}): Promise<Ran> {
  const began = performance.now()
  const child = spawn(process.execPath, ['cli/rakkaeo.mjs', ...args], {
    cwd: root, ...account, stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...KEPT_CODE, DATABASE_URL: '', RAKKAEO_DATA: '', RAKKAEO_KEYS: '', RAKKAEO_PORT: '', LC_ALL: 'C.UTF-8', ...env },
  })
  let out = '', err = ''
  child.stdout.on('data', text => { out += text })
  child.stderr.on('data', text => { err += text })
  return new Promise(done => child.on('close', code => done({ code, out, err, ms: performance.now() - began })))
}

/** The last line of what was complained about: the one a person reads. */
export const lastLine = ({ err }: Ran) => err.trim().split('\n').at(-1) ?? ''
