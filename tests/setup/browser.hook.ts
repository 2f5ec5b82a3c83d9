import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, inject } from 'vitest'

/** The first file may come before the server is up. */
beforeAll(async () => {
  while (!await fetch(`${inject('address')}/api/health`).then(reply => reply.ok, () => false)) {
    if (existsSync(inject('fault'))) throw new Error(readFileSync(inject('fault'), 'utf8'))
    await wait(100)
  }
})
