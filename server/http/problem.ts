import { randomUUID } from 'node:crypto'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Problem } from '../../domain/base/problem.ts'
import { baseProblems } from '../../domain/base/problems.ts'
import type { Lang } from '../../domain/base/text.ts'
import { expectationOf } from '../base/expectation.ts'
import { langOf } from './lang.ts'

const BAD_REQUEST = 400, UNKNOWN_PERSON = 401, FORBIDDEN = 403, NOT_FOUND = 404, CONFLICT = 409, TOO_LARGE = 413, TOO_MANY = 429, FAULT = 500, NO_ROOM = 507

/** What a code means for HTTP; one that ends in `not-found` or `no-…` is a 404, any other is the caller's mistake. */
const STATUS_BY_CODE: Record<string, number> = {
  'access/sign-in': UNKNOWN_PERSON, 'access/no-right': FORBIDDEN, 'access/exceeds': FORBIDDEN, 'access/not-there': NOT_FOUND,
  'access/own-role': FORBIDDEN, 'access/last-administrator': FORBIDDEN, 'access/reset-beyond': FORBIDDEN, 'access/token-by-token': FORBIDDEN,
  'sign-in/wrong': UNKNOWN_PERSON, 'sign-in/wrong-code': UNKNOWN_PERSON, 'sign-in/second-expired': UNKNOWN_PERSON, 'sign-in/locked': TOO_MANY, 'sign-in/foreign': FORBIDDEN,
  'submission/needs-password': UNKNOWN_PERSON, 'submission/bad-key': FORBIDDEN, 'submission/needs-tls': FORBIDDEN, 'submission/second-factor': FORBIDDEN,
  'submission/other-content': CONFLICT, 'submission/superseded': CONFLICT, 'submission/closed': CONFLICT, 'submission/no-room': NO_ROOM, 'record/not-cleared': FORBIDDEN,
  'dataset/id-taken': CONFLICT, 'collect/not-yours': FORBIDDEN, 'dataset/draft-changed': CONFLICT, 'check/changed': CONFLICT, 'check/twice': CONFLICT, 'table/busy': CONFLICT, 'table/done': CONFLICT, 'table/same-file': CONFLICT, 'table/touched': CONFLICT, 'table/not-own': FORBIDDEN, 'table/no-right': FORBIDDEN, 'table/too-large': TOO_LARGE, 'table/file-gone': 410, 'base/bad-request': BAD_REQUEST, 'base/no-such-route': NOT_FOUND, 'base/too-many-requests': TOO_MANY,
  'base/too-large': TOO_LARGE, 'base/too-many-files': TOO_LARGE, 'base/fault': FAULT, 'base/not-ready': 503,
}

export function statusOf(code: string): number {
  return STATUS_BY_CODE[code] ?? (/\/(not-found|no-)/.test(code) ? NOT_FOUND : BAD_REQUEST)
}

/** The body of every refusal, for the documentation. */
export const ProblemBody = z.object({
  type: z.string(), title: z.string(), status: z.number().int(), code: z.string(), detail: z.string(), instance: z.string(), details: z.record(z.string(), z.unknown()),
})

/** RFC 9457: what is wrong and what to do, in the person's language, with a code for programs. */
export function problemBody(problem: Problem, lang: Lang, path: string): z.infer<typeof ProblemBody> {
  const status = statusOf(problem.code)
  return { type: `/api#${problem.code}`, title: problem.in(lang), status, code: problem.code, detail: problem.in(lang), instance: path, details: problem.details }
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const lang = langOf(request)
  const body = problemBody(problem, lang, request.url.split('?')[0] ?? '')
  return reply.code(body.status).header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', lang).header('cache-control', 'no-store').serializer(JSON.stringify).send(body)
}

export function onError(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request)
  if (problem.code === 'base/fault') request.log.error({ err: error, id: problem.details['id'] }, 'fault')
  return sendProblem(request, reply, problem)
}

export function problemOf(error: FastifyError | Problem, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error
  if (hasZodFastifySchemaValidationErrors(error)) return badRequest(error)
  if (isDatabaseAway(error)) return baseProblems.notReady({})
  if (NO_TEXT.includes(error.code)) return baseProblems.badRequest({ field: 'text', expected: { th: 'ข้อความที่ไม่มีอักขระ NUL', en: 'text without the character NUL' } })
  if (error.statusCode === TOO_LARGE) return baseProblems.tooLarge({ limitBytes: request.routeOptions.bodyLimit })
  if (error.statusCode && error.statusCode < FAULT) return baseProblems.badRequest({ field: 'body', expected: error.message })
  return baseProblems.fault({ id: randomUUID().slice(0, 8) })
}

/** What PostgreSQL cannot keep as text. */
const NO_TEXT = ['22021', '22P05']

/** The database is being restarted (class 57P), has no connection left or cannot be reached: the person may simply try again. */
function isDatabaseAway({ code = '', message }: { code?: string; message: string }): boolean {
  return /^(57P0\d|53300|ECONN|EPIPE)/.test(code) || /Connection terminated|timeout exceeded when trying to connect/.test(message)
}

function badRequest(error: FastifyError): Problem {
  const issue = error.validation?.[0] as unknown as { instancePath: string; keyword: string; message: string; params: object }
  const field = issue.instancePath.slice(1).replaceAll('/', '.') || 'query'
  const raw = { ...issue.params, code: issue.keyword, message: issue.message, path: [] }
  return baseProblems.badRequest({ field, expected: expectationOf(raw as unknown as Parameters<typeof expectationOf>[0]) })
}
