import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { accessApi } from '../../domain/access/api.ts'
import { Role } from '../../domain/access/access.ts'
import { attempt, typed } from '../base/act.ts'
import { link } from '../base/link.ts'
import { m } from '../paraglide/messages.js'
import { findPlaces } from './data.people.ts'

type PersonEvent = RequestEvent<{ id: string }>

export async function giveGrant(event: PersonEvent) {
  const form = await event.request.formData()
  const kept = { role: typed(form, 'role'), places: typed(form, 'places'), from: typed(form, 'from'), until: typed(form, 'until') }
  const { areas, unknown } = await findPlaces(event.fetch, kept.places)
  const role = Role.safeParse(kept.role).data
  if (!role || areas.length === 0 || unknown.length > 0) return fail(400, { at: 'give', code: 'places', refusal: m.places_unknown({ places: unknown.join(', ') || '-' }), typed: kept })
  const outcome = await attempt(event, accessApi.giveGrants, { body: { person: event.params.id, role, areas, from: kept.from, until: kept.until || null }, at: 'give' })
  if (!outcome.ok) return fail(outcome.failure.status, { ...outcome.failure.data, typed: kept })
  redirect(303, link(`/people/${event.params.id}`, { done: 'given' }))
}

export async function endGrant(event: PersonEvent) {
  const form = await event.request.formData()
  const outcome = await attempt(event, accessApi.endGrant, { params: { id: typed(form, 'grant') }, at: 'end' })
  if (!outcome.ok) return outcome.failure
  redirect(303, link(`/people/${event.params.id}`, { done: 'ended' }))
}

/** Shown on this answer only; nobody can ask for the same link again. */
export async function makeResetLink(event: PersonEvent) {
  const outcome = await attempt(event, accessApi.makeResetLink, { params: { id: event.params.id }, at: 'reset' })
  return outcome.ok ? { reset: outcome.reply } : outcome.failure
}
