import { fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit'
import { Role } from '../../domain/access/access.ts'
import { teamApi } from '../../domain/team/api.ts'
import { findPlaces } from '../access/data.people.ts'
import { attempt, typed, type Refused } from '../base/act.ts'
import { link } from '../base/link.ts'
import { m } from '../paraglide/messages.js'
import { loadTeam } from './data.ts'

const FIELDS = ['nameTh', 'nameEn', 'universityTh', 'universityEn', 'places'] as const
export type TeamTyped = Record<(typeof FIELDS)[number], string>
/** Of what the API refuses, this is said at the field of places. */
const OF_PLACES = ['access/exceeds', 'access/ended-area']
type TeamEvent = RequestEvent<{ id: string }>

export async function makeTeam(event: RequestEvent) {
  const { kept, refuse, body } = await readTeam(event, 'make')
  if (!body) return refuse
  const outcome = await attempt(event, teamApi.makeTeam, { body })
  if (!outcome.ok) return refusedTeam(outcome.failure, 'make', kept)
  redirect(303, link(`/teams/${outcome.reply.id}`, { done: 'team' }))
}

/** Whoever does not hold all places of the team is answered as if it were not there; this page, which shows it, says why. */
export async function changeTeam(event: TeamEvent) {
  const { kept, refuse, body } = await readTeam(event, 'change')
  if (!body) return refuse
  const outcome = await attempt(event, teamApi.changeTeam, { params: { id: event.params.id }, body })
  if (outcome.ok) redirect(303, link(`/teams/${event.params.id}`, { done: 'changed' }))
  const isPart = outcome.failure.data.code === 'access/not-there'
  return refusedTeam(outcome.failure, 'change', kept, isPart ? m.team_not_whole() : outcome.failure.data.refusal)
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

function refusedTeam({ status, data }: ActionFailure<Refused>, at: string, kept: TeamTyped, refusal = data.refusal) {
  return fail(status, { at, code: data.code, field: OF_PLACES.includes(data.code) ? 'places' : '', refusal, typed: kept })
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
