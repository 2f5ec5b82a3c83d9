import { fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit'
import { Role } from '../../domain/access/access.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import { teamApi } from '../../domain/team/api.ts'
import { findMe, may } from '../access/data.ts'
import { findPlaces } from '../access/data.people.ts'
import { attempt, typed, type Refused } from '../base/act.ts'
import { link } from '../base/link.ts'
import { m } from '../paraglide/messages.js'
import { loadTeam } from './data.ts'

const FIELDS = ['nameTh', 'nameEn', 'universityTh', 'universityEn', 'places'] as const
export type TeamTyped = Record<(typeof FIELDS)[number], string>
type TeamEvent = RequestEvent<{ id: string }>

export async function makeTeam(event: RequestEvent) {
  const { kept, refuse, body } = await readTeam(event, 'make')
  if (!body) return refuse
  const outcome = await attempt(event, teamApi.makeTeam, { body, at: 'make' })
  if (!outcome.ok) return refusedTeam(event, outcome.failure, body.areas, kept)
  redirect(303, link(`/teams/${outcome.reply.id}`, { done: 'team' }))
}

export async function changeTeam(event: TeamEvent) {
  const { kept, refuse, body } = await readTeam(event, 'change')
  if (!body) return refuse
  const outcome = await attempt(event, teamApi.changeTeam, { params: { id: event.params.id }, body, at: 'change' })
  if (!outcome.ok) return refusedTeam(event, outcome.failure, body.areas, kept)
  redirect(303, link(`/teams/${event.params.id}`, { done: 'changed' }))
}

/** What was typed of a team, with the first field that does not say it. */
async function readTeam(event: RequestEvent, at: string) {
  const form = await event.request.formData()
  const kept = Object.fromEntries(FIELDS.map(name => [name, typed(form, name)])) as TeamTyped
  const name = bothOf(kept.nameTh, kept.nameEn), university = bothOf(kept.universityTh, kept.universityEn)
  const { areas, unknown } = await findPlaces(event.fetch, codesOf(kept.places))
  const wrong = !name.th ? { field: 'nameTh', refusal: m.team_name_missing() } : !university.th ? { field: 'universityTh', refusal: m.team_university_missing() }
    : areas.length === 0 || unknown.length > 0 ? { field: 'places', refusal: m.places_unknown({ places: unknown.join(', ') || '-' }) } : null
  if (wrong) return { kept, refuse: fail(400, { at, code: '', ...wrong, typed: kept }), body: null }
  return { kept, refuse: null, body: { name, university, areas } }
}

/** The API's refusal in words of a team. Whoever does not hold all of it is answered as if it were not there; this page, which shows it, says why. */
async function refusedTeam({ fetch }: RequestEvent, { status, data }: ActionFailure<Refused>, areas: AreaCode[], kept: TeamTyped) {
  const me = data.code === 'access/exceeds' ? await findMe(fetch) : null
  const beyond = me ? areas.filter(area => !may(me, 'manage-people', area)) : []
  const refusal = beyond.length > 0 ? m.team_beyond({ places: beyond.join(', ') }) : data.code === 'access/not-there' ? m.team_not_whole() : data.refusal
  const field = beyond.length > 0 || data.code === 'access/ended-area' ? 'places' : ''
  return fail(status, { ...data, field, refusal, typed: kept })
}

/** A line that begins with a code may go on with the place's name, as the form of a team shows it. */
function codesOf(places: string): string {
  return places.replace(/^\s*(TH\d*)[ \t]+.*$/gim, '$1')
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
