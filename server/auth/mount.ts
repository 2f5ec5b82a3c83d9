import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Route } from '../../domain/base/api.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { signInApi } from '../../domain/access/api.sign-in.ts'
import { schemaOf } from '../http/bind.ts'
import { callbackOf } from './callback.ts'
import type { DoorCall, Invites } from './call.ts'
import type { Door } from './door.ts'
import { accountHandlers } from './routes.account.ts'
import { secondFactorHandlers } from './routes.second.ts'
import { signInHandlers } from './routes.sign-in.ts'
import { findSignedIn } from './sessions.ts'

const HANDLERS = { ...signInHandlers, ...accountHandlers, ...secondFactorHandlers }
/** Whoever knocks so often is no person. */
const KNOCKS_PER_MINUTE = 60

/** Puts the door under /api/auth: these addresses and no other one of better-auth's. */
export function mountDoor(api: FastifyInstance, door: Door, invites: Invites): void {
  for (const [name, route] of Object.entries(signInApi) as [keyof typeof HANDLERS, Route][]) {
    api.route({
      method: route.method, url: route.path, schema: schemaOf(route, name), config: { rateLimit: { max: KNOCKS_PER_MINUTE } },
      handler: async (request, reply) => reply.header('cache-control', 'private, no-store').send(await answer(name, route, request, reply)),
    })
  }
  api.get('/auth/callback/thaid', { schema: { hide: true }, config: { rateLimit: { max: KNOCKS_PER_MINUTE } } }, (request, reply) => callbackOf({ door, request, reply }))
  api.addHook('onClose', () => door.close())

  async function answer(name: keyof typeof HANDLERS, route: Route, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const me = await findSignedIn(door, request.headers.cookie)
    if (route.who && !me) throw accessProblems.signIn({})
    const handler = HANDLERS[name] as (call: DoorCall<Route>) => Promise<unknown>
    return handler({ door, request, reply, invites, me, body: request.body as never, params: request.params as never })
  }
}
