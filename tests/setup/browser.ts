import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { getChromium } from './chromium.ts'
import { startServer } from './server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the Chromium of the browser tests is, and the settings it needs. */
    chromium: { path: string; env: Record<string, string> }
    /** Where the real server with the real seed listens. */
    address: string
  }
}

/** One Chromium and one real server, started by the real command on an empty folder, for all browser tests; or the server that one names while working on a test. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromium = await getChromium()
  console.log(`Chromium: ${chromium.path}, from ${chromium.from}`)
  project.provide('chromium', { path: chromium.path, env: chromium.env })
  const running = process.env.RAKKAEO_TEST_ADDRESS
  if (running) {
    project.provide('address', running)
    return async () => {}
  }
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-browser-'))
  const server = await startServer(join(folder, 'data'), { RAKKAEO_RATE_LIMIT: '0' })
  console.log(`The server was ready after ${(server.readyAfterMs / 1000).toFixed(1)} s at ${server.address}`)
  project.provide('address', server.address)
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
