import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export type Verdict = { name: string; code: number; output: string }

/** What the compilers say: TypeScript of everything that Node runs, and of the site with its components. */
export async function checkTypes(root: string): Promise<Verdict[]> {
  const site = existsSync(join(root, 'web/tsconfig.json'))
    ? [run(root, 'svelte-check', ['node_modules/svelte-check/bin/svelte-check', '--tsconfig', 'web/tsconfig.json', '--output', 'human', '--fail-on-warnings'])]
    : []
  return Promise.all([run(root, 'tsc', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.']), ...site])
}

export function run(root: string, name: string, command: string[]): Promise<Verdict> {
  return new Promise(done => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => { output += piece })
    child.on('close', code => done({ name, code: code ?? 1, output }))
  })
}
