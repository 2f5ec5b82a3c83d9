import { redirect, type RequestEvent } from '@sveltejs/kit'
import { tableApi } from '../../domain/table/api.ts'
import type { TableImportId, TableShape, TableSubject } from '../../domain/table/table.ts'
import { attempt, attemptFiles, typed } from '../base/act.ts'
import { link } from '../base/link.ts'
import { chooseOnly, readMapping, thaiToday } from './mapping.ts'

type TableEvent = RequestEvent<{ id: string }>
const idOf = ({ params }: TableEvent) => ({ id: params.id as TableImportId })
const back = ({ params }: TableEvent, query: Record<string, string> = {}, at = ''): never => redirect(303, link(`/tables/${params.id}`, query) + at)

/** A file by a plain form; with script it goes to the API by itself (upload.ts). */
export async function giveTable(event: RequestEvent) {
  const type = event.request.headers.get('content-type') ?? '', dataset = (event.url.searchParams.get('dataset') ?? '') as TableSubject
  const given = await attemptFiles(event, tableApi.giveTable, { query: { dataset }, bytes: await event.request.arrayBuffer(), type, at: 'give' })
  return given.ok ? redirect(303, link(`/tables/${given.reply.id}`)) : given.failure
}

/** Another shape than was found: the columns are read anew. */
export async function setShape(event: TableEvent) {
  const form = await event.request.formData(), text = (name: string) => typed(form, name) || null
  // a tab is white space and would not survive
  const separator = form.get('separator'), shape = { kind: typed(form, 'kind'), encoding: text('encoding'), separator: separator === '' ? null : separator, sheet: text('sheet'), headerRow: Number(typed(form, 'headerRow')), ...typed(form, 'turned') === 'yes' && { turned: true } }
  const done = await attempt(event, tableApi.setTable, { params: idOf(event), body: { shape: shape as TableShape }, at: 'shape' })
  return done.ok ? back(event, { done: 'shape' }) : done.failure
}

/** Columns, constants, choices and places as they were said; then the whole file is tried, unless one only keeps them. */
export async function mapAndTry(event: TableEvent) {
  const form = await event.request.formData()
  const before = await attempt(event, tableApi.getTable, { params: idOf(event), at: 'map' })
  if (!before.ok) return before.failure
  const today = typed(form, 'today'), all = typed(form, 'all')
  if (today !== '') form.set(`constant:${today}`, thaiToday())
  const said = readMapping(form, before.reply.mapping), mapping = all === '' ? said : { ...said, places: chooseOnly(before.reply, said.places, all === 'wide') }
  const kept = await attempt(event, tableApi.setTable, { params: idOf(event), body: { mapping }, at: 'map' })
  if (!kept.ok) return kept.failure
  if (today !== '' || typed(form, 'then') === 'keep') return back(event, { done: 'kept' }, '#h-columns')
  const tried = await attempt(event, tableApi.tryTable, { params: idOf(event), at: 'map' })
  return tried.ok ? back(event) : tried.failure
}

/** The page says how many rows stay out; whoever presses the button has read it. */
export async function importTable(event: TableEvent) {
  const form = await event.request.formData()
  const body = { keepGood: true, keepFaulty: typed(form, 'keepFaulty') === 'yes', again: typed(form, 'again') === 'yes' }
  const done = await attempt(event, tableApi.importTable, { params: idOf(event), body, at: 'import' })
  return done.ok ? back(event) : done.failure
}

export async function undoTable(event: TableEvent) {
  const done = await attempt(event, tableApi.undoTable, { params: idOf(event), at: 'undo' })
  return done.ok ? back(event) : done.failure
}
