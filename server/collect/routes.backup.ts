import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Viewer } from '../../domain/access/access.ts'
import type { Problem } from '../../domain/base/problem.ts'
import { collectApi } from '../../domain/collect/api.ts'
import { BACKUP_MOST_BYTES, BACKUP_TYPE } from '../../domain/collect/rules.ts'
import type { BackupTaken } from '../../domain/collect/collect.ts'
import { collectProblems } from '../../domain/collect/problems.ts'
import { submissionProblems } from '../../domain/record/problems.ts'
import { isFull, reasonOf } from '../base/folder.ts'
import { schemaOf } from '../http/bind.ts'
import { langOf } from '../http/lang.ts'
import { onError, problemOf } from '../http/problem.ts'
import { admit, type FindViewer } from '../http/viewer.ts'
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
        const report = await takeBackup(parts, viewer as Viewer, await streamOf(request))
        if (isOfPage(request)) return leadBack(request, reply, summaryOf(report))
        return reply.header('cache-control', 'private, no-store').send(report)
      },
    })
  })
}

/** The body itself, or the file of a form. */
async function streamOf(request: FastifyRequest): Promise<Readable> {
  const part = request.isMultipart() ? await request.file({ limits: { fileSize: BACKUP_MOST_BYTES + 1, files: 1, fields: 0 } }) : null
  const stream = part?.file ?? request.body
  if (typeof stream !== 'object' || stream === null || !('iterator' in stream)) throw collectProblems.notBackup({})
  return stream as Readable
}

/** A form of the site comes straight here, since a page would hold all of it in memory; its browser is led back to the page, which says what came of it. */
function isOfPage({ headers }: FastifyRequest): boolean {
  return (headers.accept ?? '').includes('text/html')
}

function leadBack(request: FastifyRequest, reply: FastifyReply, said: Record<string, string>): FastifyReply {
  const start = langOf(request) === 'en' ? '/en' : ''
  const target = said['problem'] === 'access/sign-in' ? `/sign-in?${new URLSearchParams({ next: `${start}/phones` })}` : `/phones?${new URLSearchParams(said)}#outcome`
  return reply.header('cache-control', 'no-store').redirect(start + target, SEE_OTHER)
}

const SEE_OTHER = 303

function summaryOf({ entries, taken, already, refused, broken }: BackupTaken): Record<string, string> {
  const reasons = [...Map.groupBy(refused, one => one.code)].map(([code, ones]) => `${code}:${ones.length}`)
  return { entries: String(entries), taken: String(taken), already: String(already), ...reasons.length > 0 && { refused: reasons.join(',') }, ...broken && { broken: 'yes' } }
}

async function refuse(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const told = toldOf(error), { code } = problemOf(told, request)
  if (!request.raw.complete) await letFinish(request, reply, code)
  return isOfPage(request) ? leadBack(request, reply, { problem: code }) : onError(told, request, reply)
}

/** A browser that is still sending hears nothing before it has come to its end; what is larger than it may be is not waited for. */
async function letFinish({ raw }: FastifyRequest, reply: FastifyReply, code: string): Promise<void> {
  if (code === 'collect/too-large') reply.header('connection', 'close')
  else await finished(raw.unpipe().resume()).catch(() => undefined)
}

function toldOf(error: FastifyError | Problem): FastifyError | Problem {
  if (isFull(error)) return submissionProblems.noRoom({})
  return reasonOf(error) === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' ? collectProblems.notBackup({}) : error
}
