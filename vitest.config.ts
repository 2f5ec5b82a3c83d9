import { defineConfig } from 'vitest/config'
import { LeftOut } from './tests/setup/left-out.ts'
import { LongFirst } from './tests/setup/long-first.ts'

/** Three kinds: pure code; through the front door with a real PostgreSQL; in a real browser. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    reporters: ['default', new LeftOut()],
    projects: [
      { test: { name: 'pure', include: ['{domain,engine,tools,web,bench,seed}/**/*.test.ts'] } },
      {
        test: {
          name: 'database',
          include: ['{server,cli}/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: ['tests/**/*.browser.test.ts'],
          globalSetup: ['tests/setup/database.ts'],
          setupFiles: ['tests/setup/leave.hook.ts', 'tests/setup/places.ts'],
          testTimeout: 60_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/**/*.browser.test.ts'],
          globalSetup: ['tests/setup/browser.ts'],
          testTimeout: 120_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
