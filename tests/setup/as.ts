import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { AreaCode, GrantId, PersonId } from '../../domain/base/ids.ts'
import type { Role, Viewer } from '../../domain/access/access.ts'
import { makeServer } from '../../server/http/server.ts'
import { rooms } from '../../server/app.ts'
import { environmentOf } from './database.ts'
import type { Fresh } from './fresh.ts'
import { whenFileEnds } from './leave.ts'

/** Somebody with a role in some places, as sign-in would find them. */
export function somebody(role: Role, ...areas: string[]): Viewer {
  const id = PersonId.parse(randomUUID())
  const grants = areas.map(area => ({ id: GrantId.parse(randomUUID()), person: id, role, area: AreaCode.parse(area), from: '2020-01-01', until: null, givenBy: null }))
  return { person: { id, name: `${role} ${areas.join(' ')}`, userName: null, email: null, demo: false }, grants, via: 'session', onlyAreas: null }
}

export type Ask = (address: string, viewer?: Viewer) => Promise<Awaited<ReturnType<FastifyInstance['inject']>>>

/** All rooms over a database, asked as somebody: what happens after sign-in. Sign-in itself has tests of its own. */
export async function serverFor(database: Fresh): Promise<{ server: FastifyInstance; ask: Ask; as: (viewer: Viewer) => Record<string, string> }> {
  const known = new Map<string, Viewer>()
  const server = await makeServer({
    environment: environmentOf(inject('cluster'), database.name), pools: database, rooms, version: 'test', health: async () => {},
    findViewer: async request => known.get(String(request.headers['x-as'])) ?? null,
  })
  whenFileEnds(() => server.close())
  const as = (viewer: Viewer) => {
    known.set(viewer.person.id, viewer)
    return { 'x-as': viewer.person.id }
  }
  return { server, as, ask: (address, viewer) => server.inject({ url: `/api${address}`, headers: viewer ? as(viewer) : {} }) }
}
