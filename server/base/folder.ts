import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startProblems } from './problems.ts'

/** Makes a folder that others may pass through but not list, and proves that it can be written. */
export function makeFolder(path: string): void {
  const probe = join(path, `.probe-${process.pid}`)
  try {
    mkdirSync(path, { recursive: true, mode: 0o711 })
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw startProblems.notWritable({ path, reason: reasonOf(error) })
  }
}

/** The short reason of a system error: `EACCES`, `ECONNREFUSED`, or its message. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code ?? message
}

/** No room on the disk of the files, for their owner, or on that of the database. */
const FULL = ['ENOSPC', 'EDQUOT', '53100']

export function isFull(error: unknown): boolean {
  return FULL.includes(reasonOf(error))
}
