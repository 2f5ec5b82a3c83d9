import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import type { Environment } from '../base/environment.ts'

/** The head of the OpenAPI document; its routes come from domain. */
export function openApi({ url }: Pick<Environment, 'url'>, version: string): NonNullable<FastifyDynamicSwaggerOptions['openapi']> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rakkaeo · รากแก้ว', version,
      description: 'Community data of Thailand by tambon. · ข้อมูลชุมชนรายตำบลของประเทศไทย\n\nFaults are RFC 9457 problem details with a `code`; their sentences follow `Accept-Language` or `?lang=th|en`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: `${url ?? ''}/` }],
  }
}
