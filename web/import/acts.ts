import { redirect, type RequestEvent } from '@sveltejs/kit'
import { importApi } from '../../domain/import/api.ts'
import { attempt, attemptFiles, typed } from '../base/act.ts'
import { link } from '../base/link.ts'

/** The files as they came are handed on; beside them only two words of the form are read. */
async function readForm({ request }: RequestEvent) {
  const type = request.headers.get('content-type') ?? ''
  const bytes = await request.arrayBuffer()
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
  const year = typed(form, 'year')
  return { bytes, type, query: { keepGood: form.get('keepGood') === 'yes' ? 'yes' as const : 'no' as const, ...(year && { year }) } }
}

export async function previewFiles(event: RequestEvent) {
  const outcome = await attemptFiles(event, importApi.previewImport, { ...await readForm(event), at: 'files' })
  return outcome.ok ? { report: outcome.reply, tried: true } : outcome.failure
}

/** What went in has a page of its own; what did not, its report beside the form. */
export async function importFiles(event: RequestEvent) {
  const outcome = await attemptFiles(event, importApi.makeImport, { ...await readForm(event), at: 'files' })
  if (!outcome.ok) return outcome.failure
  if (outcome.reply.id !== null) redirect(303, link(`/imports/${outcome.reply.id}`, { done: 'imported' }))
  return { report: outcome.reply, tried: false }
}

export async function undoImport(event: RequestEvent<{ id: string }>) {
  const outcome = await attempt(event, importApi.undoImport, { params: { id: event.params.id }, at: 'undo' })
  if (!outcome.ok) return outcome.failure
  redirect(303, link(`/imports/${event.params.id}`, { done: 'undone' }))
}
