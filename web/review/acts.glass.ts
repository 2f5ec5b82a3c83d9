import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { RecordId, type GlassId } from '../../domain/base/ids.ts'
import { glassApi } from '../../domain/review/api.glass.ts'
import { attempt, typed } from '../base/act.ts'
import { link } from '../base/link.ts'
import { m } from '../paraglide/messages.js'

/** Opens one record of another place; what comes of it stands on its own page. */
export async function breakGlass(event: RequestEvent) {
  const form = await event.request.formData(), record = RecordId.safeParse(typed(form, 'record').split(/[/?#]/).findLast(part => part.length === 36)).data, reason = typed(form, 'reason')
  if (!record) return fail(400, { at: 'open', code: '', refusal: m.glass_bad_id() })
  const done = await attempt(event, glassApi.breakGlass, { body: { record, reason }, at: 'open' })
  if (!done.ok) return done.failure
  redirect(303, link(`/glass/${record}`))
}

export async function endGlass(event: RequestEvent) {
  const form = await event.request.formData(), then = typed(form, 'then')
  const done = await attempt(event, glassApi.endGlass, { params: { id: typed(form, 'glass') as GlassId }, at: 'end' })
  if (!done.ok) return done.failure
  redirect(303, link(then === '/desk' ? '/desk' : '/glass'))
}
