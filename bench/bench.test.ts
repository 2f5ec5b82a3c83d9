import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('every bench can be loaded outside the tests, and a name that none has is answered with those there are', async () => {
  const ran = promisify(execFile)(process.execPath, [join(import.meta.dirname, 'bench.ts'), 'nothing'])
  await expect(ran).rejects.toThrow(/There is no bench nothing\. There are: start, .*, tables, /)
}, 60_000)
