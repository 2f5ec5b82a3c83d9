import { spawn } from 'node:child_process'
import { buildSite } from '../../cli/site.ts'

export type Verdict = { name: string; code: number; output: string }

/** What the compilers say: TypeScript of everything that Node runs, of the tests that run in a browser, and of the site, whose types its build writes. */
export async function checkTypes(root: string): Promise<Verdict[]> {
  const tsc = ['.', 'tests'].map(project => run(root, `tsc of ${project}`, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', project]))
  const built = await buildSite().then(() => null, error => ({ name: 'vite', code: 1, output: String(error.message) }))
  const site = built ?? run(root, 'svelte-check', ['node_modules/svelte-check/bin/svelte-check', '--tsconfig', 'web/tsconfig.json', '--output', 'human', '--fail-on-warnings'])
  return Promise.all([...tsc, site])
}

export function run(root: string, name: string, command: string[]): Promise<Verdict> {
  return new Promise(done => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => { output += piece })
    child.on('close', code => done({ name, code: code ?? 1, output }))
  })
}
