import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { checkApi } from '../../domain/check/api.ts'
import type { FlagKind } from '../../domain/check/check.ts'
import type { DatasetId, RecordId, AreaCode } from '../../domain/base/ids.ts'
import { FlagLimits, type Check } from '../../domain/dataset/dataset.check.ts'
import { attempt, typed } from '../base/act.ts'
import { link } from '../base/link.ts'
import type { CheckSets } from './data.ts'

type CheckEvent = RequestEvent<{ id: string }>
/** What the form is given back: what was typed, with what a trial said of it. */
export type Tried = { at?: string; refusal?: string; code?: string; typed?: Check; trial?: { judged: number; fails: number; more: boolean } } | null

function readCheck(form: FormData): Check {
  const text = (name: string) => ({ th: typed(form, `${name}-th`), en: typed(form, `${name}-en`) })
  return {
    id: typed(form, 'id'), severity: typed(form, 'severity') === 'error' ? 'error' : 'warning', each: typed(form, 'each') || null, expression: typed(form, 'expression'),
    about: typed(form, 'about').replaceAll(/[${},]/g, ' ').split(/\s+/).filter(Boolean), always: typed(form, 'always') === 'yes', say: text('say'), remedy: text('remedy'), on: true,
  }
}

const areaOf = (form: FormData) => typed(form, 'area') as AreaCode
const asked = ({ url }: CheckEvent) => url.searchParams.get('area')

/** As it is typed, on the records that are there; nothing is kept. */
export async function tryCheck(event: CheckEvent) {
  const form = await event.request.formData(), check = readCheck(form)
  const done = await attempt(event, checkApi.tryCheck, { params: { id: event.params.id as DatasetId }, body: { area: areaOf(form), check }, at: 'check' })
  return done.ok ? { at: 'check', typed: check, trial: done.reply } : fail(done.failure.status, { ...done.failure.data, typed: check })
}

/** The check in the place of the one that was opened, or behind the others. */
export async function publishCheck(event: CheckEvent) {
  const form = await event.request.formData(), check = readCheck(form), old = typed(form, 'old')
  const done = await publish(event, form, set => ({ ...set, checks: set.checks.some(({ id }) => id === old) ? set.checks.map(one => one.id === old ? { ...check, on: one.on } : one) : [...set.checks, check] }))
  return done.ok ? redirect(303, link(`/datasets/${event.params.id}/checks`, { area: asked(event), done: check.id })) : fail(done.failure.status, { ...done.failure.data, typed: check })
}

export async function switchCheck(event: CheckEvent) {
  const form = await event.request.formData(), id = typed(form, 'id'), on = typed(form, 'on') === 'yes'
  const done = await publish(event, form, set => ({ ...set, checks: set.checks.map(one => one.id === id ? { ...one, on } : one) }))
  return done.ok ? redirect(303, link(`/datasets/${event.params.id}/checks`, { area: asked(event), done: id })) : done.failure
}

export async function changeLimits(event: CheckEvent) {
  const form = await event.request.formData(), limits = { score: Number(typed(form, 'score')), shortest: Number(typed(form, 'shortest')), kmPerHour: Number(typed(form, 'kmPerHour')) }
  const done = await publish(event, form, set => ({ ...set, limits }))
  return done.ok ? redirect(303, link(`/datasets/${event.params.id}/checks`, { area: asked(event), done: 'limits' })) : done.failure
}

type Own = Pick<CheckSets[number], 'checks' | 'limits'>

/** The place's own checks with one change, as a new version: refused where somebody else published meanwhile. */
async function publish(event: CheckEvent, form: FormData, change: (set: Own) => Own) {
  const params = { id: event.params.id as DatasetId }, area = areaOf(form)
  const there = await attempt(event, checkApi.listChecks, { params, query: { area }, at: 'check' })
  if (!there.ok) return there
  const { checks, limits } = there.reply.sets.find(set => set.area === area) ?? { checks: [], limits: FlagLimits.parse({}) }
  return attempt(event, checkApi.publishChecks, { params, body: { area, seen: Number(typed(form, 'seen')), ...change({ checks, limits }) }, at: 'check' })
}

/** On the page of a record: looked at and right, or open again. */
export async function setAside(event: RequestEvent<{ id: string }>) {
  const form = await event.request.formData(), body = { kind: typed(form, 'kind') as FlagKind, key: typed(form, 'key'), why: typed(form, 'why'), aside: typed(form, 'aside') === 'yes' }
  const done = await attempt(event, checkApi.setAside, { params: { id: event.params.id as RecordId }, body, at: 'flag' })
  const kept = [...event.url.searchParams].filter(([name]) => !name.startsWith('/'))
  return done.ok ? redirect(303, event.url.pathname + (kept.length > 0 ? `?${new URLSearchParams(kept)}` : '')) : done.failure
}
