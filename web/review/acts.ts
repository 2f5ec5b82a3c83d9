import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import type { DatasetId, RecordId } from '../../domain/base/ids.ts'
import type { RecordFilter } from '../../domain/record/api.ts'
import { reviewApi, type ActBody } from '../../domain/review/api.ts'
import type { Outcome, ReviewAct } from '../../domain/review/review.ts'
import { attempt, typed, type Refused } from '../base/act.ts'
import { lang, link } from '../base/link.ts'

/** What came of an act on many, or why nothing did. */
export type Acted = (Partial<Refused> & { act?: ReviewAct; outcome?: Outcome; isPreview?: boolean; isUndo?: boolean }) | null

/** What a form of this room says, as the API takes it; the API judges it. */
function readBody(form: FormData): ActBody & { dataset: DatasetId } {
  const ids = form.getAll('id').map(String) as RecordId[], seen = typed(form, 'seen')
  const filter = Object.fromEntries(['area', 'state', 'only', 'from', 'until', 'maker', 'check'].flatMap(name => typed(form, name) ? [[name, typed(form, name)]] : [])) as RecordFilter
  const fields = [...form].flatMap(([name, say]) => name.startsWith('field:') && String(say).trim() ? [{ key: name.slice('field:'.length), say: String(say).trim() }] : [])
  return {
    dataset: typed(form, 'dataset') as DatasetId, act: typed(form, 'act') as ReviewAct, mode: typed(form, 'mode') === 'all' ? 'all' : 'good', preview: typed(form, 'preview') === 'yes',
    ...typed(form, 'all') === 'yes' ? { filter } : { ids }, ...typed(form, 'reason') && { reason: typed(form, 'reason') }, ...fields.length > 0 && { fields },
    ...seen && ids[0] ? { seen: { [ids[0]]: Number(seen) } } : typed(form, 'seenAt') && { seenAt: typed(form, 'seenAt') },
  }
}

/** To many, from the queue: what came of it stands on the page. */
export async function actOnMany(event: RequestEvent) {
  const { dataset, ...body } = readBody(await event.request.formData())
  const done = await attempt(event, reviewApi.act, { params: { id: dataset }, body, at: 'act' })
  return done.ok ? { act: body.act, outcome: done.reply, isPreview: body.preview } : done.failure
}

export async function undoMany(event: RequestEvent) {
  const form = await event.request.formData()
  const done = await attempt(event, reviewApi.undo, { params: { id: typed(form, 'dataset') as DatasetId, batch: typed(form, 'batch') }, at: 'act' })
  return done.ok ? { outcome: done.reply, isUndo: true } : done.failure
}

/** To one record: on to the next, or back to where it stands. */
export async function actOnOne(event: RequestEvent) {
  const form = await event.request.formData(), { dataset, ...body } = readBody(form)
  const done = await attempt(event, reviewApi.act, { params: { id: dataset }, body, at: 'act' })
  if (!done.ok) return done.failure
  const [refused] = done.reply.refused
  if (refused) return fail(409, { at: 'act', code: refused.code, refusal: refused.say[lang()] })
  const then = typed(form, 'then')
  redirect(303, link(/^\/(review|record)\//.test(then) ? then : '/review'))
}

/** A visit that came while the record was locked: taken in, or set aside. */
export async function settleHeld(event: RequestEvent) {
  const form = await event.request.formData(), id = typed(form, 'id') as RecordId
  const done = await attempt(event, reviewApi.settleHeld, { params: { id }, body: { instance: typed(form, 'instance'), act: typed(form, 'act') === 'take' ? 'take' : 'leave', seen: Number(typed(form, 'seen')), ...typed(form, 'reason') && { reason: typed(form, 'reason') } }, at: 'act' })
  if (!done.ok) return done.failure
  redirect(303, link(`/record/${id}`))
}
