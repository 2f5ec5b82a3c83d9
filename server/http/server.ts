import compress from '@fastify/compress'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import { constants } from 'node:zlib'
import Fastify, { LogController, type FastifyInstance } from 'fastify'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { baseProblems } from '../../domain/base/problems.ts'
import type { Environment } from '../base/environment.ts'
import { bindRoom, type Pools } from './bind.ts'
import type { FindViewer } from './viewer.ts'
import { acceptFiles } from './upload.ts'
import { isInside } from './asker.ts'
import { refuseForeign } from './origin.ts'
import type { Room } from './handler.ts'
import { openApi } from './openapi.ts'
import { mountManual } from './manual.ts'
import { endSlowBodies, PATIENCE } from './patience.ts'
import { onError, sendProblem } from './problem.ts'
import { cacheControl, sendTagged } from './reply.ts'
import { noPage, securityHeaders } from './security.ts'

const HEADERS_LIMIT_MS = 15_000, REQUEST_LIMIT_MS = 600_000, IDLE_LIMIT_MS = 72_000, BODY_LIMIT_BYTES = 1 << 20
const BROTLI_QUALITY = 4

export type ServerParts = {
  environment: Pick<Environment, 'trustProxy' | 'rateLimit' | 'url'>
  pools: Pools
  findViewer: FindViewer
  rooms: Room[]
  /** What stands under /api beside the rooms: the door. */
  mount?: (api: FastifyInstance) => void
  version: string
  /** Throws when the house cannot answer; then /api/health says 503. */
  health: () => Promise<void>
}

/** The HTTP server with the API mounted; the site is mounted beside it by server/app.ts. */
export async function makeServer(parts: ServerParts): Promise<FastifyInstance> {
  const server = Fastify({
    trustProxy: parts.environment.trustProxy, bodyLimit: BODY_LIMIT_BYTES, requestTimeout: REQUEST_LIMIT_MS, keepAliveTimeout: IDLE_LIMIT_MS,
    logger: { level: 'error' }, logController: new LogController({ disableRequestLogging: true }), forceCloseConnections: 'idle', routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  })
  server.server.headersTimeout = HEADERS_LIMIT_MS
  server.setErrorHandler(onError)
  server.addHook('onRequest', securityHeaders(parts.environment.url))
  server.addHook('onRequest', endSlowBodies(PATIENCE))
  server.addHook('onRequest', refuseForeign(parts.environment.url))
  server.addHook('onSend', sendTagged)
  await server.register(compress, { encodings: ['br', 'gzip'], brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } } })
  await limitRate(server, parts.environment.rateLimit)
  await server.register(swagger, { openapi: openApi(parts.environment, parts.version), transform: jsonSchemaTransform })
  await server.register(async api => mountApi(api, parts), { prefix: '/api' })
  return server
}

async function mountApi(api: FastifyInstance, parts: ServerParts): Promise<void> {
  api.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler)
  api.addHook('onRequest', noPage)
  await acceptFiles(api)
  for (const room of parts.rooms) bindRoom(api, room, parts.pools, parts.findViewer)
  parts.mount?.(api)
  api.get('/health', { schema: { hide: true }, config: { rateLimit: false } }, async (_, reply) => {
    await parts.health().catch(() => { throw baseProblems.notReady({}) })
    return reply.header('cache-control', 'no-store').send({ ready: true, version: parts.version })
  })
  api.get('/openapi.json', { schema: { hide: true } }, async (_, reply) => reply.header('cache-control', cacheControl('revalidate')).send(api.swagger()))
  mountManual(api, parts.rooms)
  api.all('/*', { schema: { hide: true } }, (request, reply) => sendProblem(request, reply, baseProblems.noSuchRoute({ path: request.url.split('?')[0] ?? '' })))
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

/** Counts pages and API calls by address. Calls that our pages make in-process and files of the site are free. */
async function limitRate(server: FastifyInstance, { perMinute, spareLoopback }: Environment['rateLimit']): Promise<void> {
  if (perMinute === 0) return
  await server.register(rateLimit, {
    max: perMinute, timeWindow: '1 minute',
    allowList: request => isInside(request) || request.url.startsWith('/_app/') || (spareLoopback && LOOPBACK.test(request.ip)),
    errorResponseBuilder: (_, context) => baseProblems.tooMany({ waitSeconds: Math.ceil(context.ttl / 1000) }),
  })
}
