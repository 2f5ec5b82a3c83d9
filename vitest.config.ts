import { defineConfig } from 'vitest/config'
import { LeftOut } from './tests/setup/left-out.ts'
import { LongFirst } from './tests/setup/long-first.ts'

/** What the process itself takes is measured: it has one of its own. */
const MEASURED = ['tests/scenario/{hardening,table.hostile}.test.ts']
const database = {
  globalSetup: ['tests/setup/database.ts'],
  setupFiles: ['tests/setup/leave.hook.ts', 'tests/setup/places.hook.ts'],
  testTimeout: 60_000,
  hookTimeout: 300_000,
}

/**
 * Three kinds: pure code; through the front door with a real PostgreSQL; in a real browser. Files of a kind share two processes: the
 * server is loaded, and warm, once in each instead of a hundred times.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    reporters: ['default', new LeftOut()],
    projects: [
      { test: { name: 'pure', isolate: false, include: ['{domain,engine,tools,web,bench,seed}/**/*.test.ts'] } },
      { test: { name: 'database', isolate: false, include: ['{server,cli}/**/*.test.ts', 'tests/**/*.test.ts'], exclude: ['tests/**/*.browser.test.ts', ...MEASURED], ...database } },
      { test: { name: 'database alone', include: MEASURED, ...database } },
      {
        test: {
          name: 'browser',
          isolate: false,
          include: ['tests/**/*.browser.test.ts'],
          globalSetup: ['tests/setup/browser.ts'],
          setupFiles: ['tests/setup/browser.hook.ts'],
          testTimeout: 120_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
