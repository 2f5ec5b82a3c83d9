import { redirect, type RequestEvent } from '@sveltejs/kit'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import { duplicateApi } from '../../domain/duplicate/api.ts'
import type { SplitWay } from '../../domain/duplicate/duplicate.ts'
import { attempt, typed } from '../base/act.ts'
import { link } from '../base/link.ts'
import { pairQuery, readPairChoice } from './data.ts'

/** Choices of a form: `choice:title` and the like. */
function readChoices<T extends string>(form: FormData, prefix: string): Record<string, T> {
  return Object.fromEntries([...form].flatMap(([name, value]) => name.startsWith(prefix) ? [[name.slice(prefix.length), String(value) as T]] : []))
}

/** How many acts each had when it was looked at. */
const readSeen = (form: FormData) => Object.fromEntries(Object.entries(readChoices(form, 'seen:')).map(([id, seen]) => [id, Number(seen)]))

/** On to the next pair, or back to the list, with what was done and the way back from it. */
function goOn({ url }: RequestEvent, form: FormData, just: Record<string, string>): never {
  const next = typed(form, 'next')
  redirect(303, link(/^[0-9a-f-]{36}$/.test(next) ? `/duplicates/${next}` : '/duplicates', { ...pairQuery(readPairChoice(url.searchParams), { state: null }), ...just }))
}

export async function mergePair(event: RequestEvent) {
  const form = await event.request.formData(), dataset = typed(form, 'dataset') as DatasetId, keep = typed(form, 'keep') as RecordId, both = form.getAll('id').map(String) as RecordId[], reason = typed(form, 'reason')
  const body = { keep, from: both.filter(id => id !== keep), choices: readChoices<RecordId>(form, 'choice:'), seen: readSeen(form), ...(reason && { reason }) }
  const done = await attempt(event, duplicateApi.merge, { params: { id: dataset }, body, at: 'merge' })
  return done.ok ? goOn(event, form, { done: 'merged', batch: done.reply.batch, of: dataset }) : done.failure
}

export async function judgePair(event: RequestEvent) {
  const form = await event.request.formData(), pair = typed(form, 'pair'), say = typed(form, 'say') === 'open' ? 'open' : 'different'
  const done = await attempt(event, duplicateApi.judgePair, { params: { pair }, body: { say }, at: 'judge' })
  if (!done.ok) return done.failure
  return say === 'open' ? redirect(303, link(`/duplicates/${pair}`)) : goOn(event, form, { done: 'different', was: pair })
}

export async function undoMerge(event: RequestEvent) {
  const form = await event.request.formData()
  const done = await attempt(event, duplicateApi.undoMerge, { params: { id: typed(form, 'dataset') as DatasetId, batch: typed(form, 'batch') }, at: 'undo' })
  return done.ok ? redirect(303, link(`/record/${done.reply.records[0]}`)) : done.failure
}

export async function searchPlace(event: RequestEvent) {
  const form = await event.request.formData()
  const done = await attempt(event, duplicateApi.search, { body: { area: typed(form, 'area') as AreaCode }, at: 'search' })
  return done.ok ? redirect(303, link('/duplicates', pairQuery(readPairChoice(event.url.searchParams)))) : done.failure
}

/** From a merged record, or from one that is two things. */
export async function splitRecord(event: RequestEvent) {
  const form = await event.request.formData(), reason = typed(form, 'reason')
  const done = await attempt(event, duplicateApi.split, { params: { id: typed(form, 'id') as RecordId }, body: { ways: readChoices<SplitWay>(form, 'way:'), seen: readSeen(form), ...(reason && { reason }) }, at: 'split' })
  return done.ok ? redirect(303, link(`/record/${done.reply.goes}`)) : done.failure
}
