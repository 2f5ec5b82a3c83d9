import { finished } from 'node:stream/promises'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Viewer } from '../../domain/access/access.ts'
import type { Problem } from '../../domain/base/problem.ts'
import { submissionProblems } from '../../domain/record/problems.ts'
import { TABLE_MOST_BYTES, tableApi } from '../../domain/table/api.ts'
import { placesToImport } from '../../domain/table/can.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import type { TableImport, TableImportId, TableSubject } from '../../domain/table/table.ts'
import { isFull } from '../base/folder.ts'
import type { Spool } from '../base/spool.ts'
import type { Db } from '../db/db.ts'
import { readAs } from '../db/scope.ts'
import { schemaOf } from '../http/bind.ts'
import { onError, problemOf } from '../http/problem.ts'
import { admit, scopeOf, type FindViewer } from '../http/viewer.ts'
import { unitOf } from './read.subject.ts'
import { giveTable } from './write.give.ts'
import { showTable } from './write.ts'

const { giveTable: ROUTE } = tableApi
export type GiveParts = { app: Db; spool: Spool; findViewer: FindViewer }

/** The way in for a table: a stream onto the disk, of which a piece at a time is held. */
export function mountTables(api: FastifyInstance, parts: GiveParts): void {
  api.route({
    method: ROUTE.method, url: ROUTE.path, schema: schemaOf(ROUTE, 'giveTable'), bodyLimit: TABLE_MOST_BYTES, errorHandler: refuse,
    config: { slow: true, rateLimit: { max: ROUTE.perMinute } },
    handler: async (request, reply) => {
      const { viewer, areas } = await admit(ROUTE, request, parts.findViewer), table = await take(parts, request, viewer as Viewer, areas)
      return reply.header('cache-control', 'private, no-store').send(table)
    },
  })
}

async function take({ app, spool }: GiveParts, request: FastifyRequest, viewer: Viewer, areas: Parameters<typeof showTable>[2]['areas']): Promise<TableImport> {
  const { dataset } = request.query as { dataset: TableSubject }, places = placesToImport(viewer, await readAs(app, scopeOf(viewer, areas), tx => unitOf(tx, dataset, 'record')))
  if (places.length === 0) throw tableProblems.noRight({})
  const part = request.isMultipart() ? await request.file({ limits: { fileSize: TABLE_MOST_BYTES + 1, files: 1, fields: 10 } }) : undefined
  if (!part?.filename) throw tableProblems.fileMissing({})
  const scope = scopeOf(viewer, places), bytes = Number(request.headers['content-length'] ?? 0), id: TableImportId = await giveTable({ app, spool, scope, name: viewer.person.name }, { file: part.filename, dataset, stream: part.file, bytes })
  return readAs(app, scope, tx => showTable(tx, spool, { viewer, areas: places }, id))
}

const CUT = /Unexpected end|Premature close|aborted|terminated early/i

async function refuse(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const told = isFull(error) ? submissionProblems.noRoom({}) : CUT.test(error.message) ? tableProblems.cutShort({}) : error, { code } = problemOf(told, request)
  // a browser that is still sending hears nothing before it has come to its end
  if (!request.raw.complete && code !== 'table/too-large') await finished(request.raw.unpipe().resume()).catch(() => undefined)
  else if (code === 'table/too-large') reply.header('connection', 'close')
  return onError(told, request, reply)
}
