import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, sep } from 'node:path'
import { z } from 'zod'
import { reasonOf } from './folder.ts'
import { startProblems } from './problems.ts'

/** The secrets of one installation. They live in a file of their own, never in the data folder, a backup or an export. */
export const Keys = z.object({
  /** Recorded in the database, so that a foreign keys file is noticed. */
  id: z.uuid(),
  /** Passwords: of the embedded database's superuser, and of the two roles the server works as. */
  superuser: z.string().min(20),
  app: z.string().min(20),
  public: z.string().min(20),
})
export type Keys = z.infer<typeof Keys>

const OTHERS_MAY_READ = 0o077

/** Where the keys are when nothing else is said: beside the data folder. */
export function keysFileOf(environment: { keysFile: string | null; dataFolder: string }): string {
  const file = environment.keysFile ?? `${environment.dataFolder}.keys`
  if (file.startsWith(environment.dataFolder + sep)) throw startProblems.keysInData({ file })
  return file
}

/** Null when there is no such file. */
export function findKeys(file: string): Keys | null {
  if (!existsSync(file)) return null
  if (process.platform !== 'win32' && statSync(file).mode & OTHERS_MAY_READ) throw startProblems.keysOpen({ file })
  return parseKeys(file)
}

/** When two processes make the keys at once, the first one's are used by both. */
export function makeKeys(file: string): Keys {
  const keys: Keys = { id: randomUUID(), superuser: secret(), app: secret(), public: secret() }
  const draft = `${file}.${keys.id}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(draft, JSON.stringify(keys, null, 2) + '\n', { flag: 'wx', mode: 0o600 })
    linkSync(draft, file)
    return keys
  } catch (error) {
    if (reasonOf(error) === 'EEXIST') return parseKeys(file)
    throw startProblems.notWritable({ path: file, reason: reasonOf(error) })
  } finally {
    rmSync(draft, { force: true })
  }
}

function parseKeys(file: string): Keys {
  try {
    return Keys.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    throw startProblems.keysBad({ file })
  }
}

function secret(): string {
  return randomBytes(24).toString('base64url')
}
