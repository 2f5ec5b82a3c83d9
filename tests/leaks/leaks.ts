/** `npm run leaks`: starts what the matrix needs, runs it, and ends with the line `pairs=N leaks=0`; any other end is exit code 1. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')
const VITEST = resolve(ROOT, 'node_modules/vitest/vitest.mjs')

const child = spawn(process.execPath, [VITEST, 'run', '--project', 'database', 'tests/leaks/'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
let said = ''
child.stdout.on('data', (piece: Buffer) => {
  said += piece
  process.stdout.write(piece)
})
child.on('close', code => {
  const found = [...said.matchAll(/pairs=(\d+) leaks=(\d+)/g)].at(-1)
  const [line = 'pairs=0 leaks=unknown: the matrix did not run to its end', pairs = '0', leaks = '1'] = found ?? []
  console.log(line)
  process.exitCode = code === 0 && Number(pairs) > 0 && leaks === '0' ? 0 : 1
})
