import { redirect, type RequestEvent } from '@sveltejs/kit'
import { datasetApi } from '../../domain/dataset/api.ts'
import { settingOf, withIdentity, writeSetting } from '../../engine/form/edit.settings.ts'
import { attempt, attemptFiles, typed } from '../base/act.ts'
import { link } from '../base/link.ts'

type FormEvent = RequestEvent<{ id: string }>

/** Which form of which place, said by the address of the page. */
function placeOf({ params, url }: FormEvent): { id: string; area: string } {
  return { id: params.id, area: url.searchParams.get('area') ?? '' }
}
const back = ({ id, area }: { id: string; area: string }, done: string): never => redirect(303, link(`/datasets/${id}/form`, { area, done }))

/** What was read is the draft, its faults too: they stand beside it until it is mended, here or in the spreadsheet. */
export async function uploadForm(event: FormEvent) {
  const of = placeOf(event), type = event.request.headers.get('content-type') ?? ''
  const read = await attemptFiles(event, datasetApi.readForm, { bytes: await event.request.arrayBuffer(), type, at: 'upload' })
  if (!read.ok) return read.failure
  if (read.reply.workbook === null) return back(of, 'nothing')
  const kept = await attempt(event, datasetApi.saveDraft, { params: { id: of.id }, body: { area: of.area, workbook: read.reply.workbook }, at: 'upload' })
  return kept.ok ? back(of, 'uploaded') : kept.failure
}

/** Pictures, sounds and lists that the form brings along. */
export async function addFiles(event: FormEvent) {
  const of = placeOf(event), type = event.request.headers.get('content-type') ?? ''
  const outcome = await attemptFiles(event, datasetApi.addFormFiles, { params: { id: of.id }, query: { area: of.area }, bytes: await event.request.arrayBuffer(), type, at: 'media' })
  return outcome.ok ? back(of, 'added') : outcome.failure
}

export async function dropFile(event: FormEvent) {
  const of = placeOf(event), name = typed(await event.request.formData(), 'name')
  const outcome = await attempt(event, datasetApi.dropFormFile, { params: { id: of.id, name }, query: { area: of.area }, at: 'media' })
  return outcome.ok ? back(of, 'removed') : outcome.failure
}

/** The draft as it was last kept, under the version that was typed. */
export async function publishDraft(event: FormEvent) {
  const of = placeOf(event), version = typed(await event.request.formData(), 'version')
  const draft = await attempt(event, datasetApi.getDraft, { params: { id: of.id }, query: { area: of.area }, at: 'publish' })
  if (!draft.ok) return draft.failure
  const workbook = writeSetting(draft.reply.workbook, 'version', version), named = settingOf(workbook, 'form_id') === '' ? withIdentity(workbook, { id: of.id, title: of.id }) : workbook
  const outcome = await attempt(event, datasetApi.publishForm, { params: { id: of.id }, body: { area: of.area, workbook: named }, at: 'publish' })
  if (!outcome.ok) return outcome.failure
  return outcome.reply.faults.some(fault => fault.severity === 'error') ? { published: outcome.reply } : back(of, 'published')
}

export async function dropDraft(event: FormEvent) {
  const of = placeOf(event)
  const outcome = await attempt(event, datasetApi.dropDraft, { params: { id: of.id }, query: { area: of.area }, at: 'drop' })
  return outcome.ok ? back(of, 'dropped') : outcome.failure
}

/** A version that is closed is not offered any more; it can be opened again. */
export async function closeVersion(event: FormEvent) {
  const of = placeOf(event), form = await event.request.formData(), closed = typed(form, 'closed') === 'yes'
  const outcome = await attempt(event, datasetApi.closeForm, { params: { id: of.id, version: typed(form, 'version') }, body: { area: of.area, closed }, at: 'versions' })
  return outcome.ok ? back(of, closed ? 'closed' : 'opened') : outcome.failure
}
