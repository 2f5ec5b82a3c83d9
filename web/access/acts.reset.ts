import { redirect, type RequestEvent } from '@sveltejs/kit'
import { signInApi } from '../../domain/access/api.sign-in.ts'
import { attempt, typed } from '../base/act.ts'
import { link } from '../base/link.ts'

/** A new password by a one-time link; then the door. */
export async function setPassword(event: RequestEvent) {
  const form = await event.request.formData()
  const outcome = await attempt(event, signInApi.reset, { body: { token: typed(form, 'token'), password: String(form.get('password') ?? '') }, at: 'set' })
  if (!outcome.ok) return outcome.failure
  redirect(303, link('/sign-in', { done: 'reset' }))
}

export async function askReset(event: RequestEvent) {
  const form = await event.request.formData()
  const outcome = await attempt(event, signInApi.askReset, { body: { email: typed(form, 'email') }, at: 'ask' })
  return outcome.ok ? { sent: true } : outcome.failure
}
