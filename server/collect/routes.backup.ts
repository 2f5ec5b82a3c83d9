import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Viewer } from '../../domain/access/access.ts'
import type { Problem } from '../../domain/base/problem.ts'
import { collectApi } from '../../domain/collect/api.ts'
import { BACKUP_MOST_BYTES, BACKUP_TYPE } from '../../domain/collect/collect.backup.ts'
import { collectProblems } from '../../domain/collect/problems.ts'
import { reasonOf } from '../base/folder.ts'
import { schemaOf } from '../http/bind.ts'
import { onError } from '../http/problem.ts'
import { admit, type FindViewer } from '../http/viewer.ts'
import { roomProblem } from '../record/routes.telephone.ts'
import { takeBackup, type BackupParts } from './write.backup.ts'

const { takeBackup: ROUTE } = collectApi

/** The way in for the backup of a telephone: a stream of up to a gigabyte, of which one line at a time is held. */
export function mountBackup(api: FastifyInstance, parts: BackupParts & { findViewer: FindViewer }): void {
  void api.register(async inner => {
    inner.addContentTypeParser(BACKUP_TYPE, (_request, payload, done) => done(null, payload))
    inner.route({
      method: ROUTE.method, url: ROUTE.path, schema: schemaOf(ROUTE, 'takeBackup'), bodyLimit: BACKUP_MOST_BYTES, errorHandler: refuse,
      config: { slow: true, rateLimit: { max: ROUTE.perMinute } },
      handler: async (request, reply) => {
        const { viewer } = await admit(ROUTE, request, parts.findViewer)
        return reply.header('cache-control', 'private, no-store').send(await takeBackup(parts, viewer as Viewer, await streamOf(request)))
      },
    })
  })
}

/** The body itself, or the file of a form. */
async function streamOf(request: FastifyRequest): Promise<AsyncIterable<Buffer>> {
  const part = request.isMultipart() ? await request.file({ limits: { fileSize: BACKUP_MOST_BYTES + 1, files: 1, fields: 0 } }) : null
  const stream = part?.file ?? request.body
  if (typeof stream !== 'object' || stream === null || !(Symbol.asyncIterator in stream)) throw collectProblems.notBackup({})
  return stream as AsyncIterable<Buffer>
}

function refuse(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  // what was not read to its end cannot be followed by another request
  if (!request.raw.complete) reply.header('connection', 'close')
  const isOther = reasonOf(error) === 'FST_ERR_CTP_INVALID_MEDIA_TYPE'
  return onError(isOther ? collectProblems.notBackup({}) : roomProblem(error) ?? error, request, reply)
}
