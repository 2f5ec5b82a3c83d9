import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { getChromium } from './chromium.ts'

test('a Chromium that is named but does not run is said by name, nothing else is taken in its place', async () => {
  await expect(getChromium({ ...process.env, RAKKAEO_CHROMIUM: '/nowhere/chromium' })).rejects.toThrow('/nowhere/chromium, does not run')
})

test('a broken chromium on the PATH is passed over, and one that runs is found all the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rakkaeo-path-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'chromium'), '#!/bin/sh\nexit 1\n')
  chmodSync(join(folder, 'chromium'), 0o755)
  const found = await getChromium({ PATH: folder })
  expect(found.path).not.toContain(folder)
})
