import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import type { AreaCode } from '../../domain/base/ids.ts'
import { changeApi } from '../../domain/change/api.ts'
import type { ChangePlan, Preview } from '../../domain/change/change.ts'
import { readOutline } from '../../engine/geo/read-outline.ts'
import { attempt, typed, type Refused } from '../base/act.ts'
import { link } from '../base/link.ts'
import { m } from '../paraglide/messages.js'

/** What came of the form: what would follow, or why it cannot be; what was typed comes back with either. */
export type Planned = (Partial<Refused> & { plan?: ChangePlan; preview?: Preview }) | null

const PERCENT = 100

/** What was filled in, as a plan; it is judged where it is carried out. Null: an outline that draws no ground. */
function planOf(form: FormData): ChangePlan | null {
  const about = { area: typed(form, 'area') as AreaCode, day: typed(form, 'day'), reason: typed(form, 'reason') }, name = { th: typed(form, 'nameTh'), en: typed(form, 'nameEn') }
  switch (typed(form, 'kind')) {
    case 'move': return { kind: 'move', ...about, code: codeOf(form, 'code') }
    case 'merge': return { kind: 'merge', day: about.day, reason: about.reason, areas: [about.area, ...form.getAll('with').map(code => String(code) as AreaCode)], code: codeOf(form, 'code'), name }
    case 'split': return splitOf(form, about)
    default: return { kind: 'rename', ...about, name }
  }
}

const codeOf = (form: FormData, name: string) => typed(form, name).toUpperCase() as AreaCode

function splitOf(form: FormData, about: Pick<ChangePlan & { kind: 'split' }, 'area' | 'day' | 'reason'>): ChangePlan | null {
  const children = [...form].flatMap(([name, value]) => name.startsWith('child:') ? [{ code: name.slice('child:'.length) as AreaCode, part: Number(value) }] : [])
  const outlines = Array.from({ length: Number(typed(form, 'parts')) }, (_, i) => typed(form, `outline${i}`)), drawn = outlines.map(text => text === '' ? null : readOutline(text))
  if (outlines.some((text, i) => text !== '' && drawn[i] === null)) return null
  const parts = drawn.map((outline, i) => ({
    code: codeOf(form, `code${i}`), name: { th: typed(form, `nameTh${i}`), en: typed(form, `nameEn${i}`) }, share: Number(typed(form, `share${i}`)) / PERCENT,
    children: children.filter(({ part }) => part === i).map(({ code }) => code), outline: outline as never,
  }))
  return { kind: 'split', ...about, parts, heir: parts[Number(typed(form, 'heir'))]?.code ?? ('' as AreaCode) }
}

export async function previewPlan(event: RequestEvent) {
  const plan = planOf(await event.request.formData())
  if (!plan) return fail(400, { at: 'plan', code: '', refusal: m.change_outline_bad() })
  const done = await attempt(event, changeApi.previewPlaceChange, { body: { plan: plan as never }, at: 'plan' })
  return done.ok ? { plan, preview: done.reply } : fail(done.failure.status, { ...done.failure.data, plan })
}

export async function carryOut(event: RequestEvent) {
  const form = await event.request.formData(), plan = JSON.parse(typed(form, 'plan')) as ChangePlan
  const done = await attempt(event, changeApi.changePlace, { body: { plan: plan as never, seen: typed(form, 'seen') }, at: 'plan' })
  if (!done.ok) return fail(done.failure.status, { ...done.failure.data, plan })
  redirect(303, link(`/changes/${done.reply.id}`, { done: 'done' }))
}

export async function undoPlan(event: RequestEvent<{ id: string }>) {
  const done = await attempt(event, changeApi.undoPlaceChange, { params: { id: event.params.id as never }, at: 'undo' })
  if (!done.ok) return done.failure
  redirect(303, link(`/changes/${done.reply.id}`, { done: 'undone' }))
}
