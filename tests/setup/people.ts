import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { inject } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { AreaCode, GrantId, PersonId } from '../../domain/base/ids.ts'
import type { Role } from '../../domain/access/access.ts'
import { makeAccount } from '../../server/auth/accounts.ts'
import { makeDoor, type Door } from '../../server/auth/door.ts'
import { SYSTEM, writeAs } from '../../server/db/scope.ts'
import { environmentOf } from './database.ts'
import type { Fresh } from './fresh.ts'

export const PASSWORD = 'ข้าวเหนียวมะม่วง 2561'

export type Somebody = { userName: string; name?: string; email?: string; home?: string; role?: Role; areas?: string[]; from?: string; until?: string | null; password?: string }

/** A hash takes what ten questions take, and nearly all have one password: a process hashes it once. */
const hashes = new Map<string, Promise<string>>()
async function hashOnce({ auth }: Door): Promise<void> {
  const { password } = await auth.$context, { hash } = password
  password.hash = secret => { const known = hashes.get(secret) ?? hash(secret); hashes.set(secret, known); return known }
}

/** A person with an account and, when a role is named, grants: as they would be after an invitation. */
export async function makePerson(database: Fresh, { userName, name = userName, email, home = 'TH580101', role, areas = [home], from = '2020-01-01', until = null, password = PASSWORD }: Somebody): Promise<PersonId> {
  const door = makeDoor({ environment: environmentOf(inject('cluster'), database.name), database })
  await hashOnce(door)
  const id = PersonId.parse(randomUUID())
  await writeAs(database.app, SYSTEM, async tx => {
    await makeAccount(door, tx, { id, area: AreaCode.parse(home), name, userName, email: email ?? null, password })
    for (const area of role ? areas : []) {
      await tx.insertInto('access.grant').values({
        area_code: AreaCode.parse(area), id: GrantId.parse(randomUUID()), person_id: id, role: role as Role, valid_from: from, valid_until: until, given_by: null, ended_at: null, ended_by: null,
      }).execute()
    }
  })
  return id
}

export type Reply = Awaited<ReturnType<FastifyInstance['inject']>>

/** Somebody at a browser: keeps cookies, and says where requests come from as browsers do. */
export class Browser {
  readonly #app: FastifyInstance
  readonly jar = new Map<string, string>()
  headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' }
  address: string

  constructor(app: FastifyInstance, address = `10.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}.7`) {
    this.#app = app
    this.address = address
  }

  async ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown): Promise<Reply> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await this.#app.inject({
      method, url, remoteAddress: this.address, headers: { ...this.headers, ...(cookie && { cookie }) }, ...(body !== undefined && { payload: body as object }),
    })
    for (const { name, value, maxAge } of reply.cookies as { name: string; value: string; maxAge?: number }[]) {
      if (maxAge === 0 || value === '') this.jar.delete(name)
      else this.jar.set(name, encodeURIComponent(value))
    }
    return reply
  }

  get(url: string): Promise<Reply> { return this.ask('GET', url) }
  post(url: string, body: unknown = {}): Promise<Reply> { return this.ask('POST', url, body) }
  signIn(name: string, password = PASSWORD): Promise<Reply> { return this.post('/api/auth/sign-in', { name, password }) }
}

/** The audit of the door, oldest first: action, and why. */
export async function listNotes(database: Fresh, about: PersonId | null = null): Promise<string[]> {
  const { rows } = await writeAs(database.app, SYSTEM, tx => sql<{ action: string; reason: string | null }>`
    select action, reason from audit.line where area_code >= 'TH' and (${about}::uuid is null or about = ${about}::uuid) order by id`.execute(tx))
  return rows.map(({ action, reason }) => reason ? `${action} (${reason})` : action)
}
