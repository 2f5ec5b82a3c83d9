import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Route } from '../../domain/base/api.ts'
import { baseProblems } from '../../domain/base/problems.ts'
import { reasonOf } from '../base/folder.ts'
import type { GivenFile } from './handler.ts'

/** All files of one request together may be so many times as large as one of them. */
const TOTAL_FACTOR = 2
const LONGEST_NAME = 200
/** What else a form may carry beside its files. */
const FORM_LIMITS = { fields: 20, fieldNameSize: 100, fieldSize: 10_000, headerPairs: 20 }

export async function acceptFiles(api: FastifyInstance): Promise<void> {
  await api.register(multipart)
}

/** Takes the files of a form into memory, never more than the route allows. */
export async function readFiles(request: FastifyRequest, limits: NonNullable<Route['files']>): Promise<GivenFile[]> {
  if (!request.isMultipart()) throw baseProblems.notFiles({})
  try {
    const files = await collect(request, limits)
    if (files.length === 0) throw baseProblems.filesMissing({})
    return files
  } catch (error) {
    throw translate(error, limits)
  }
}

async function collect(request: FastifyRequest, { maxBytes, maxFiles }: NonNullable<Route['files']>): Promise<GivenFile[]> {
  const files: GivenFile[] = []
  let room = maxBytes * TOTAL_FACTOR
  for await (const part of request.files({ limits: { ...FORM_LIMITS, fileSize: maxBytes, files: maxFiles } })) {
    const bytes = await part.toBuffer()
    room -= bytes.length
    if (room < 0) throw baseProblems.tooLarge({ limitBytes: maxBytes * TOTAL_FACTOR })
    // A form whose file was not chosen sends an empty part without a name.
    if (part.filename || bytes.length > 0) files.push({ name: plainName(part.filename), bytes })
  }
  return files
}

/** The last part of the name, without anything that is not shown. */
function plainName(name: string | undefined): string {
  return (name ?? '').split(/[/\\]/).at(-1)?.replace(/\p{C}/gu, '').slice(0, LONGEST_NAME) || '?'
}

function translate(error: unknown, { maxBytes, maxFiles }: NonNullable<Route['files']>): unknown {
  const reason = reasonOf(error)
  if (reason === 'FST_REQ_FILE_TOO_LARGE') return baseProblems.tooLarge({ limitBytes: maxBytes })
  if (reason === 'FST_FILES_LIMIT') return baseProblems.tooManyFiles({ limit: maxFiles })
  return error
}
