#!/usr/bin/env node
// Plain JavaScript, so that an old Node can read it and hand over to the one that this checkout pins.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const runsTypeScript = major > 22 || (major === 22 && minor >= 18)
const program = fileURLToPath(new URL('./rakkaeo.ts', import.meta.url))
const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))

if (runsTypeScript) {
  await import('./rakkaeo.ts')
} else if (existsSync(pinned)) {
  handOver()
} else {
  console.error(`Rakkaeo needs Node 22.18 or newer (this is ${process.versions.node}). Run npm ci: it brings one along.`)
  process.exitCode = 1
}

/** The child answers signals; we only pass them on and leave with its exit code. */
function handOver() {
  const child = spawn(pinned, [program, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  process.on('SIGINT', () => {})
  child.on('exit', (code, signal) => { process.exitCode = code ?? (signal ? 1 : 0) })
}
