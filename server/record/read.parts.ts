import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { baseProblems } from '../../domain/base/problems.ts'
import { ANSWERS_MOST_BYTES, SUBMISSION_MOST_BYTES, SUBMISSION_MOST_FILES } from '../../domain/record/api.openrosa.ts'
import { submissionProblems } from '../../domain/record/problems.ts'
import type { FileStore, StoredFile } from '../base/file-store.ts'
import { reasonOf } from '../base/folder.ts'

export type Parts = { xml: string; files: (StoredFile & { name: string; mediaType: string })[] }

const ANSWERS = 'xml_submission_file', LONGEST_NAME = 255
const READING = {
  limits: { fileSize: SUBMISSION_MOST_BYTES, files: SUBMISSION_MOST_FILES + 1, fields: 20, fieldSize: ANSWERS_MOST_BYTES, fieldNameSize: 500, headerPairs: 20 },
}

/** The answers, and the files beside them, each on the disk before it counts. Which are missing is told by the answers, not by what a telephone says of its part. */
export async function readParts(request: FastifyRequest, store: FileStore): Promise<Parts> {
  if (!request.isMultipart()) throw submissionProblems.notMultipart({})
  const parts: Parts = { xml: '', files: [] }
  try {
    for await (const part of request.parts(READING)) await readPart(part, parts, store)
  } catch (error) {
    throw translate(error)
  }
  if (parts.xml === '') throw submissionProblems.notMultipart({})
  return parts
}

async function readPart(part: MultipartFile | MultipartValue, parts: Parts, store: FileStore): Promise<void> {
  if (part.type === 'field') { if (part.fieldname === ANSWERS) parts.xml = String(part.value) }
  else if (part.fieldname === ANSWERS) parts.xml = await readAnswers(part)
  else {
    const name = nameOf(part), stored = await store.keep(part.file)
    if (part.file.truncated) throw baseProblems.tooLarge({ limitBytes: SUBMISSION_MOST_BYTES })
    parts.files.push({ ...stored, name, mediaType: part.mimetype })
  }
}

async function readAnswers({ file }: MultipartFile): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of file as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > ANSWERS_MOST_BYTES) throw baseProblems.tooLarge({ limitBytes: ANSWERS_MOST_BYTES })
    chunks.push(chunk)
  }
  const [only] = chunks
  return utf8(chunks.length === 1 ? only as Buffer : Buffer.concat(chunks))
}

const decoder = new TextDecoder('utf-8', { fatal: true })

function utf8(bytes: Buffer): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw submissionProblems.badXml({ reason: 'UTF-8' })
  }
}

/** Data, never a path: the last part of it. */
function nameOf({ filename, fieldname }: MultipartFile): string {
  return ((filename || fieldname).split(/[/\\]/).at(-1) ?? '').replace(/\p{C}/gu, '').slice(0, LONGEST_NAME) || '?'
}

function translate(error: unknown): unknown {
  const reason = reasonOf(error)
  if (['FST_REQ_FILE_TOO_LARGE', 'FST_FILES_LIMIT', 'FST_PARTS_LIMIT'].includes(reason)) return baseProblems.tooLarge({ limitBytes: SUBMISSION_MOST_BYTES })
  if (/Unexpected end|Premature close|aborted|terminated early|Multipart/i.test((error as Error).message ?? '')) return submissionProblems.cutShort({ name: '' })
  return error
}
