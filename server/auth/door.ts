import type { DoorSettings } from '../base/environment.door.ts'
import { addressOf, type Environment } from '../base/environment.ts'
import type { Database } from '../db/open.ts'
import { makeAuth, RESET_MAIL_SECONDS, type Auth } from './auth.ts'
import { forgetAttempts } from './attempts.ts'
import { findNames } from './accounts.read.ts'
import { makeMail, resetLetter } from './mail.ts'
import { noteOf } from './noting.ts'

export type DoorParts = { environment: Pick<Environment, 'url' | 'host' | 'port'> & { door: DoorSettings }; database: Pick<Database, 'app' | 'auth' | 'keys'> }

/** Everything that signing in needs, put together once per server or command. */
export type Door = {
  auth: Auth
  database: DoorParts['database']
  baseUrl: string
  ways: { thaid: boolean; mail: boolean }
  /** Waits for letters that are on their way. */
  close(): Promise<void>
}

export function makeDoor({ environment, database }: DoorParts, log: (message: string) => void = () => {}): Door {
  const baseUrl = addressOf(environment)
  const mail = makeMail(environment.door.mail)
  const waiting = new Set<Promise<unknown>>()
  const later = (work: Promise<unknown>) => {
    const done = work.catch(() => log('a letter could not be sent')).finally(() => waiting.delete(done))
    waiting.add(done)
  }
  const auth = makeAuth({
    db: database.auth, keys: database.keys, baseUrl, thaid: environment.door.thaid, later,
    log: (level, message) => { if (level === 'error') log(message) },
    sendReset: async ({ id, email }, token) => {
      await mail?.(resetLetter(email, resetUrl(baseUrl, token), RESET_MAIL_SECONDS / 60))
      await noteOf(database.app, { action: 'password.reset-mail', about: id })
    },
    onReset: async id => {
      await forgetAttempts(database.auth, database.keys.session, await findNames(database.auth, id))
      await noteOf(database.app, { action: 'password.reset', actor: id, about: id })
    },
  })
  return { auth, database, baseUrl, ways: { thaid: environment.door.thaid !== null, mail: mail !== null }, close: async () => { await Promise.all(waiting) } }
}

export function resetUrl(baseUrl: string, token: string): string {
  return `${baseUrl}/reset?token=${encodeURIComponent(token)}`
}
