import { randomUUID } from 'node:crypto'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '../../domain/base/problem.ts'
import { submissionProblems } from '../../domain/record/problems.ts'
import { isFull, reasonOf } from '../base/folder.ts'
import { langOf } from '../http/lang.ts'
import { problemOf, statusOf } from '../http/problem.ts'
import { xml, XML_HEAD } from '../http/xml.ts'

/** Collect takes an answer for one of this API only with these (getodk.github.io/openrosa-spec). */
function headers(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.header('x-openrosa-version', '1.0').header('date', new Date().toUTCString()).header('content-language', langOf(request))
    .header('cache-control', 'private, no-store').type('text/xml; charset=utf-8').serializer((text: string) => text)
}

export function answerTelephone(request: FastifyRequest, reply: FastifyReply, body: string): FastifyReply {
  return headers(request, reply).send(body)
}

/** A telephone shows this sentence to the person who holds it. */
export function tellTelephone(request: FastifyRequest, reply: FastifyReply, status: number, message: string, nature: 'submit_success' | 'error'): FastifyReply {
  return headers(request, reply).code(status).send(`${XML_HEAD}<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message nature="${nature}">${xml(message)}</message></OpenRosaResponse>`)
}

export function refuseTelephone(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toldOf(error, request)
  // what was not read to its end cannot be followed by another request
  if (!request.raw.complete) reply.header('connection', 'close')
  if (problem.code === 'base/fault') request.log.error({ err: error, id: problem.details['id'] ?? randomUUID() }, 'fault')
  reply.header('x-rakkaeo-problem', problem.code)
  return tellTelephone(request, reply, statusOf(problem.code), problem.in(langOf(request)), 'error')
}

function toldOf(error: FastifyError | Problem, request: FastifyRequest): Problem {
  if (isFull(error)) return submissionProblems.noRoom({})
  return reasonOf(error) === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' ? submissionProblems.notMultipart({}) : problemOf(error, request)
}
