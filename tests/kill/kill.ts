/** `npm run kill -- N`: kills server and database N times (20) while telephones send, and ends with the line `kills=N acknowledged=M lost=0`; any other end is exit code 1. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')
const VITEST = resolve(ROOT, 'node_modules/vitest/vitest.mjs')
const kills = process.argv[2] ?? '20'
if (!/^[1-9]\d*$/.test(kills)) throw new Error(`“${kills}” is no number of kills: say, for example, npm run kill -- 20`)

const child = spawn(process.execPath, [VITEST, 'run', '--project', 'database', 'tests/kill/'], { cwd: ROOT, env: { ...process.env, KILLS: kills }, stdio: ['ignore', 'pipe', 'inherit'] })
let said = ''
child.stdout.on('data', (piece: Buffer) => {
  said += piece
  process.stdout.write(piece)
})
child.on('close', code => {
  const [line = `kills=${kills} acknowledged=0 lost=unknown: it did not run to its end`] = /kills=\d+ acknowledged=\d+ lost=\d+/.exec(said) ?? []
  console.log(line)
  process.exitCode = code === 0 && line.endsWith(' lost=0') ? 0 : 1
})
