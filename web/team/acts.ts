import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { Role } from '../../domain/access/access.ts'
import { teamApi } from '../../domain/team/api.ts'
import { findPlaces } from '../access/data.people.ts'
import { attempt, typed } from '../base/act.ts'
import { link } from '../base/link.ts'
import { m } from '../paraglide/messages.js'
import { loadTeam } from './data.ts'

const NAMES = ['nameTh', 'nameEn', 'universityTh', 'universityEn', 'places'] as const
type TeamEvent = RequestEvent<{ id: string }>

export async function makeTeam(event: RequestEvent) {
  const form = await event.request.formData()
  const kept = Object.fromEntries(NAMES.map(name => [name, typed(form, name)])) as Record<(typeof NAMES)[number], string>
  const { areas, unknown } = await findPlaces(event.fetch, kept.places)
  if (areas.length === 0 || unknown.length > 0) return fail(400, { at: 'make', code: 'places', refusal: m.places_unknown({ places: unknown.join(', ') || '-' }), typed: kept })
  const body = { name: bothOf(kept.nameTh, kept.nameEn), university: bothOf(kept.universityTh, kept.universityEn), areas }
  const outcome = await attempt(event, teamApi.makeTeam, { body, at: 'make' })
  if (!outcome.ok) return fail(outcome.failure.status, { ...outcome.failure.data, typed: kept })
  redirect(303, link(`/teams/${outcome.reply.id}`, { done: 'team' }))
}

/** A name that was given in one language stands in both. */
function bothOf(th: string, en: string) {
  return { th: th || en, en: en || th }
}

/** An invitation into the team's places; its link is shown on this answer only. */
export async function makeInvite(event: TeamEvent) {
  const form = await event.request.formData()
  const { team } = await loadTeam(event.fetch, event.params.id, null)
  const chosen = form.getAll('areas').map(String)
  const outcome = await attempt(event, teamApi.makeInvite, { at: 'invite', body: {
    team: team.id, role: Role.parse(typed(form, 'role')), areas: team.areas.map(area => area.code).filter(code => chosen.length === 0 || chosen.includes(code)),
    until: typed(form, 'until') || null, uses: Number(typed(form, 'uses')) || 1, days: Number(typed(form, 'days')) || 7,
  } })
  return outcome.ok ? { made: outcome.reply } : outcome.failure
}

export async function endInvite(event: TeamEvent) {
  const form = await event.request.formData()
  const outcome = await attempt(event, teamApi.endInvite, { params: { id: typed(form, 'invite') }, at: 'end' })
  if (!outcome.ok) return outcome.failure
  redirect(303, link(`/teams/${event.params.id}`, { done: 'invite-ended' }))
}
