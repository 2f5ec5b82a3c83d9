import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { signInApi } from '../../domain/access/api.sign-in.ts'
import { teamApi } from '../../domain/team/api.ts'
import { attempt, typed, type Asked } from '../base/act.ts'
import { link } from '../base/link.ts'

/** What the invitation gives, or the sentence why it gives nothing. */
export async function loadInvite(asked: Asked, secret: string) {
  const outcome = await attempt(asked, teamApi.readInvite, { body: { secret } })
  return outcome.ok ? { gift: outcome.reply, problem: '' } : { gift: null, problem: outcome.failure.data.refusal }
}

type InviteEvent = RequestEvent<{ secret: string }>

export async function acceptInvite(event: InviteEvent) {
  const outcome = await attempt(event, teamApi.acceptInvite, { body: { secret: event.params.secret }, at: 'accept' })
  if (!outcome.ok) return outcome.failure
  redirect(303, link('/desk', { done: 'invite' }))
}

/** A new account; whoever makes one is signed in at once. */
export async function joinByInvite(event: InviteEvent) {
  const form = await event.request.formData()
  const kept = { name: typed(form, 'name'), userName: typed(form, 'userName'), email: typed(form, 'email') }
  const outcome = await attempt(event, signInApi.signUp, {
    body: { invite: event.params.secret, name: kept.name, userName: kept.userName, password: String(form.get('password') ?? ''), ...(kept.email && { email: kept.email }) }, at: 'join',
  })
  if (!outcome.ok) return fail(outcome.failure.status, { ...outcome.failure.data, typed: kept })
  redirect(303, link('/desk', { done: 'account' }))
}
