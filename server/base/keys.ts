import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, sep } from 'node:path'
import { z } from 'zod'
import { reasonOf } from './folder.ts'
import { startProblems } from './problems.ts'

/** The secrets of one installation. They live in a file of their own, never in the data folder, a backup or an export. */
export const Keys = z.object({
  /** Recorded in the database, so that a foreign keys file is noticed. */
  id: z.uuid(),
  /** Passwords: of the embedded database's superuser, and of the roles the server works as. */
  superuser: z.string().min(20),
  app: z.string().min(20),
  public: z.string().min(20),
  auth: z.string().min(20),
  sealer: z.string().min(20),
  /** Signs the cookies of sessions, and encrypts the secrets of second factors. */
  session: z.string().min(32),
  /** Turns a citizen's number into what is kept of it, which nobody without this key can turn back or try out. */
  pid: z.string().min(32),
  /** What the key follows from that backups of telephones are sealed to (server/base/backup-keys.ts). */
  backup: z.string().min(32),
  /** Renewed: the ones before. Nothing is sealed to them any more, and what was can still be opened. */
  backupBefore: z.array(z.string().min(32)).optional(),
})
export type Keys = z.infer<typeof Keys>
/** Keys that a file of an older program does not have. */
const LATER = ['auth', 'sealer', 'session', 'pid', 'backup'] as const

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
  completeKeys(file)
  return parseKeys(file)
}

/** When two processes make the keys at once, the first one's are used by both. */
export function makeKeys(file: string): Keys {
  const keys: Keys = { id: randomUUID(), superuser: secret(), app: secret(), public: secret(), auth: secret(), sealer: secret(), session: secret(), pid: secret(), backup: secret() }
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

/** Gives an older file the later keys. They follow from what it holds, so that two processes at once write the same file. */
function completeKeys(file: string): void {
  const old = readJson(file)
  if (LATER.every(name => name in old) || typeof old['superuser'] !== 'string') return
  const made = LATER.map(name => [name, createHmac('sha256', String(old['superuser'])).update(`rakkaeo key ${name}`).digest('base64url')])
  const draft = `${file}.${randomUUID()}`
  try {
    writeFileSync(draft, JSON.stringify({ ...Object.fromEntries(made), ...old }, null, 2) + '\n', { flag: 'wx', mode: 0o600 })
    renameSync(draft, file)
  } catch (error) {
    throw startProblems.notWritable({ path: file, reason: reasonOf(error) })
  } finally {
    rmSync(draft, { force: true })
  }
}

function readJson(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw startProblems.keysBad({ file })
  }
}

function parseKeys(file: string): Keys {
  const read = Keys.safeParse(readJson(file))
  if (!read.success) throw startProblems.keysBad({ file })
  return read.data
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}
