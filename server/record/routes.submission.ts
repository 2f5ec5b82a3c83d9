import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { openRosaApi, SUBMISSION_MOST_BYTES } from '../../domain/record/api.openrosa.ts'
import { submissionProblems } from '../../domain/record/problems.ts'
import type { FileStore } from '../base/file-store.ts'
import type { Seal } from '../base/seal.ts'
import { schemaOf } from '../http/bind.ts'
import { langOf } from '../http/lang.ts'
import { readParts } from './read.parts.ts'
import type { Collector, FindCollector } from './read.collector.ts'
import type { FindDoorForm } from './read.door.ts'
import { refuseTelephone, tellTelephone } from './routes.telephone.ts'
import type { Ingest, Submission } from './write.ingest.ts'
import { makeSubmission } from './write.submission.ts'

export type SubmissionParts = { findCollector: FindCollector; findForm: FindDoorForm; files: FileStore; seal: Seal; ingest: Ingest }

const CREATED = 201, NOTHING_MORE = 204
const THANKS = { th: 'ได้รับแล้ว ขอบคุณ', en: 'Received, thank you.' }

/** The way in for what was filled in, whoever sends it. */
export function mountSubmission(api: FastifyInstance, parts: SubmissionParts): void {
  for (const [name, route] of Object.entries({ submitByKey: openRosaApi.submitByKey, submit: openRosaApi.submit })) {
    const shared = { url: route.path, errorHandler: refuseTelephone, bodyLimit: SUBMISSION_MOST_BYTES, config: { rateLimit: false, slow: true } as const }
    api.route({
      ...shared, method: 'HEAD', schema: { hide: true },
      handler: async (request, reply) => {
        await parts.findCollector(request, reply, keyOf(request))
        return greet(request, reply)
      },
    })
    api.route({ ...shared, method: 'POST', schema: { ...schemaOf(route, name), hide: false }, handler: (request, reply) => submit(parts, request, reply) })
  }
}

/** How much a telephone may send at once; it splits what is more. */
function greet(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.code(NOTHING_MORE).header('x-openrosa-version', '1.0').header('x-openrosa-accept-content-length', SUBMISSION_MOST_BYTES)
    .header('date', new Date().toUTCString()).header('content-language', langOf(request)).header('cache-control', 'no-store').send()
}

const keyOf = (request: FastifyRequest) => (request.params as { key?: string }).key ?? null

async function submit(parts: SubmissionParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const collector = await parts.findCollector(request, reply, keyOf(request))
  const kept = await parts.ingest.keep(await toSubmission(parts, collector, request))
  if (kept === 'other') throw submissionProblems.otherContent({})
  const lang = langOf(request)
  return tellTelephone(request, reply, CREATED, THANKS[lang], 'submit_success')
}

async function toSubmission(parts: SubmissionParts, collector: Collector, request: FastifyRequest): Promise<Submission> {
  const { xml, files: attachments } = await readParts(request, parts.files)
  return makeSubmission(parts, collector, { xml, attachments, client: clientOf(request), deviceId: (request.query as { deviceID?: string }).deviceID ?? null })
}

/** `org.odk.collect.android/v2026.3 …`, `KoboCollect …`, or our own collector's name. */
function clientOf({ headers }: FastifyRequest): string {
  return String(headers['x-rakkaeo-client'] ?? headers['user-agent'] ?? '')
}
