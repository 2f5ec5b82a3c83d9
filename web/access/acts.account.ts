import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { accessApi } from '../../domain/access/api.ts'
import { signInApi } from '../../domain/access/api.sign-in.ts'
import { attempt, typed } from '../base/act.ts'
import { link } from '../base/link.ts'
import { m } from '../paraglide/messages.js'

const secretOf = (form: FormData, name: string) => String(form.get(name) ?? '')
const back = (done: string): never => redirect(303, link('/account', { done }))

export async function changePassword(event: RequestEvent) {
  const form = await event.request.formData()
  const outcome = await attempt(event, signInApi.changePassword, { body: { current: secretOf(form, 'current'), password: secretOf(form, 'password') }, at: 'password' })
  return outcome.ok ? back('password') : outcome.failure
}

/** The QR and the recovery codes stand on this answer only; the first code from the app makes them hold. */
export async function startSecond(event: RequestEvent) {
  const form = await event.request.formData()
  const outcome = await attempt(event, signInApi.startSecondFactor, { body: { password: secretOf(form, 'password') }, at: 'second' })
  return outcome.ok ? { second: outcome.reply } : outcome.failure
}

/** A wrong first code shows the same QR again. */
export async function confirmSecond(event: RequestEvent) {
  const form = await event.request.formData()
  const outcome = await attempt(event, signInApi.confirmSecondFactor, { body: { code: typed(form, 'code').replace(/\s/g, '') }, at: 'second' })
  if (outcome.ok) return back('second')
  return fail(outcome.failure.status, { ...outcome.failure.data, second: { uri: typed(form, 'uri'), codes: typed(form, 'codes').split(' ').filter(Boolean) } })
}

export async function makeCodes(event: RequestEvent) {
  const form = await event.request.formData()
  const outcome = await attempt(event, signInApi.makeRecoveryCodes, { body: { password: secretOf(form, 'password') }, at: 'second' })
  return outcome.ok ? { codes: outcome.reply.codes } : outcome.failure
}

export async function endSecond(event: RequestEvent) {
  const form = await event.request.formData()
  const outcome = await attempt(event, signInApi.endSecondFactor, { body: { password: secretOf(form, 'password') }, at: 'second' })
  return outcome.ok ? back('second-ended') : outcome.failure
}

export async function linkThaid(event: RequestEvent) {
  const outcome = await attempt(event, signInApi.linkThaid, { body: { next: link('/account', { done: 'thaid' }) }, at: 'thaid' })
  if (!outcome.ok) return outcome.failure
  redirect(303, outcome.reply.url, { external: true })
}

export async function unlinkThaid(event: RequestEvent) {
  const outcome = await attempt(event, signInApi.unlinkThaid, { at: 'thaid' })
  return outcome.ok ? back('thaid') : outcome.failure
}

export async function endSession(event: RequestEvent) {
  const form = await event.request.formData()
  const id = typed(form, 'session')
  const outcome = id === 'others' ? await attempt(event, signInApi.endOtherSessions, { at: 'sessions' }) : await attempt(event, signInApi.endSession, { params: { id }, at: 'sessions' })
  return outcome.ok ? back('session') : outcome.failure
}

/** The secret stands on this answer only. */
export async function makeToken(event: RequestEvent) {
  const form = await event.request.formData()
  const areas = form.getAll('areas').flatMap(code => AreaCode.safeParse(code).data ?? [])
  if (areas.length === 0) return fail(400, { at: 'tokens', code: 'places', refusal: m.token_no_places() })
  const outcome = await attempt(event, accessApi.makeToken, { body: { name: typed(form, 'name'), areas, days: Number(typed(form, 'days')) || 30 }, at: 'tokens' })
  return outcome.ok ? { secret: outcome.reply.secret } : outcome.failure
}

/** The QR of a telephone stands on this answer only. */
export async function makePhone(event: RequestEvent) {
  const form = await event.request.formData()
  const areas = form.getAll('areas').flatMap(code => AreaCode.safeParse(code).data ?? []), datasets = form.getAll('datasets').flatMap(id => DatasetId.safeParse(id).data ?? [])
  if (areas.length === 0) return fail(400, { at: 'phones', code: 'places', refusal: m.token_no_places() })
  const body = { name: typed(form, 'name'), areas, datasets: datasets.length > 0 ? datasets : null, days: Number(typed(form, 'days')) || 90 }
  const outcome = await attempt(event, accessApi.makeCollectorKey, { body, at: 'phones' })
  return outcome.ok ? { phone: outcome.reply } : outcome.failure
}

export async function revokeToken(event: RequestEvent) {
  const form = await event.request.formData()
  const outcome = await attempt(event, accessApi.revokeToken, { params: { id: typed(form, 'token') }, at: 'tokens' })
  return outcome.ok ? back('revoked') : outcome.failure
}
