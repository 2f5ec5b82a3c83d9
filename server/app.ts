import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import { areaApi } from '../domain/area/api.ts'
import { areaRoutes } from './area/routes.ts'
import type { Environment } from './base/environment.ts'
import { version } from './base/version.ts'
import type { Pools } from './http/bind.ts'
import { room, type Room } from './http/handler.ts'
import { makeServer } from './http/server.ts'

/** Every room that answers over HTTP, one line each, in the order of the house. It stands above the rooms, so that http need not know them. */
export const rooms: Room[] = [
  room(areaApi, areaRoutes),
]

/** The whole server over an open database; not listening yet, so that tests can `inject`. */
export function makeApp(environment: Environment, pools: Pools): Promise<FastifyInstance> {
  const health = async () => { await sql`select from open.area limit 1`.execute(pools.public) }
  return makeServer({ environment, pools, rooms, version, health })
}
