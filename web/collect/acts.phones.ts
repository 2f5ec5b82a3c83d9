import { redirect, type RequestEvent } from '@sveltejs/kit'
import { collectApi } from '../../domain/collect/api.ts'
import { PersonId, PhoneId } from '../../domain/base/ids.ts'
import { attempt, typed } from '../base/act.ts'
import { link } from '../base/link.ts'

export async function revokePhone(event: RequestEvent) {
  const form = await event.request.formData()
  const [phone, person] = [PhoneId.safeParse(typed(form, 'phone')), PersonId.safeParse(typed(form, 'person'))]
  if (!phone.success || !person.success) redirect(303, link('/phones'))
  const outcome = await attempt(event, collectApi.revokePhone, { params: { phone: phone.data }, body: { person: person.data, reason: typed(form, 'reason') }, at: phone.data })
  if (!outcome.ok) return outcome.failure
  redirect(303, link('/phones', { done: 'revoked' }))
}
