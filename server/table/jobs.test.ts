import { afterEach, expect, test, vi } from 'vitest'
import type { Workshop } from './write.work.ts'
import { startTables } from './jobs.ts'

const DAY_MS = 86_400_000
afterEach(() => void vi.useRealTimers())

test('what was kept for thirty days is erased each day, however long the server runs', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const sweep = vi.fn(async () => {}), tell = vi.fn(), worker = startTables({ app: {}, spool: { sweep }, tell } as unknown as Workshop)
  await vi.waitFor(() => expect(tell).toHaveBeenCalledTimes(1))
  vi.setSystemTime(Date.now() + DAY_MS / 2)
  worker.wake()
  await vi.waitFor(() => expect(tell).toHaveBeenCalledTimes(2))
  expect(sweep.mock.calls).toEqual([[30 * DAY_MS]])
  vi.setSystemTime(Date.now() + DAY_MS / 2)
  worker.wake()
  await vi.waitFor(() => expect(sweep).toHaveBeenCalledTimes(2))
  await worker.stop()
})
