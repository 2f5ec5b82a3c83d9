import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { getChromium } from './chromium.ts'
import { getLastingPort, startServer } from './server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the Chromium of the browser tests is, and the settings it needs. */
    chromium: { path: string; env: Record<string, string> }
    /** Where the real server with the real seed listens, once it is up. */
    address: string
    /** The file in which stands what kept it from getting up, if something did. */
    fault: string
  }
}

/**
 * One Chromium and one real server, started by the real command on an empty folder, for all browser tests; or the server that one names
 * while working on a test. It gets up beside the other tests: browser.hook.ts waits for it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.RAKKAEO_TEST_ADDRESS
  if (running) {
    project.provide('address', running)
    project.provide('fault', '')
    await provideChromium(project)
    return async () => {}
  }
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-browser-')), fault = join(folder, 'fault'), port = await getLastingPort()
  const starting = startServer(join(folder, 'data'), { RAKKAEO_RATE_LIMIT: '0', RAKKAEO_PORT: String(port) })
  const started = starting.then(({ readyAfterMs, address }) => console.log(`The server was ready after ${(readyAfterMs / 1000).toFixed(1)} s at ${address}`), error => writeFile(fault, String(error)))
  project.provide('address', `http://127.0.0.1:${port}`)
  project.provide('fault', fault)
  await provideChromium(project)
  return async () => {
    await started
    await starting.then(server => server.stop(), () => {})
    await rm(folder, { recursive: true, force: true })
  }
}

async function provideChromium(project: TestProject): Promise<void> {
  const chromium = await getChromium()
  console.log(`Chromium: ${chromium.path}, from ${chromium.from}`)
  project.provide('chromium', { path: chromium.path, env: chromium.env })
}
