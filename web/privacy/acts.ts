import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { AreaCode, type DatasetId, type RecordId } from '../../domain/base/ids.ts'
import type { ReplyOf } from '../../domain/base/api.ts'
import { privacyApi } from '../../domain/privacy/api.ts'
import { attempt, typed, type Refused } from '../base/act.ts'
import { link } from '../base/link.ts'
import { m } from '../paraglide/messages.js'

export type Finding = (Partial<Refused> & { asked?: { number: string; name: string; area: string; purpose: string }; found?: ReplyOf<typeof privacyApi.findPerson> }) | null
export type Going = (Partial<Refused> & { goes?: ReplyOf<typeof privacyApi.erasePerson>['goes']; body?: { whole: string[]; also: string; request: string; reason: string } }) | null

const refuse = (at: string, refusal: string) => fail(400, { at, code: '', refusal })

/** Erases what was ticked, or all of a dataset and place; or keeps it until another day. */
export async function settleDue(event: RequestEvent) {
  const form = await event.request.formData(), act = typed(form, 'act') === 'keep' ? 'keep' as const : 'erase' as const, area = typed(form, 'area'), dataset = typed(form, 'dataset'), until = typed(form, 'until')
  if (act === 'erase' && typed(form, 'sure') !== 'yes') return refuse('settle', m.privacy_need_sure())
  const which = typed(form, 'all') === 'yes' ? { all: { area: area as AreaCode, dataset: dataset as DatasetId } } : { records: form.getAll('record').map(String) as RecordId[] }
  const done = await attempt(event, privacyApi.settleProposals, { body: { act, ...which, reason: typed(form, 'reason'), ...(until && { until }) }, at: 'settle' })
  if (!done.ok) return done.failure
  redirect(303, link('/privacy', { area, dataset, done: `${act}-${done.reply.done}`, left: done.reply.left || null }))
}

/** By the number or by the name: neither comes into an address. */
export async function findPerson(event: RequestEvent) {
  const form = await event.request.formData(), area = AreaCode.safeParse(typed(form, 'area').toUpperCase()).data
  const asked = { number: typed(form, 'number'), name: typed(form, 'name'), area: typed(form, 'area'), purpose: typed(form, 'purpose') }
  if (asked.area && !area) return refuse('find', m.privacy_bad_area())
  const done = await attempt(event, privacyApi.findPerson, { body: { number: asked.number, name: asked.name, purpose: asked.purpose, ...(area && { area }) }, at: 'find' })
  return done.ok ? { asked, found: done.reply } : { ...done.failure, data: { ...done.failure.data, asked } }
}

/** On to what is held at the ticked spots. */
export async function lookAtPerson(event: RequestEvent) {
  const form = await event.request.formData(), spots = form.getAll('spot').map(String)
  if (spots.length === 0) return refuse('find', m.privacy_need_spot())
  redirect(303, link('/privacy/person/held', { spots: spots.join(','), purpose: typed(form, 'purpose') }))
}

/** First what would go; once that was seen and is sure, it goes. */
export async function erasePerson(event: RequestEvent) {
  const form = await event.request.formData(), preview = typed(form, 'preview') === 'yes'
  const body = { whole: form.getAll('whole').map(String) as RecordId[], also: typed(form, 'also'), request: typed(form, 'request'), reason: typed(form, 'reason') }
  const done = await attempt(event, privacyApi.erasePerson, { body: { ...body, spots: typed(form, 'spots'), preview }, at: 'erase' })
  if (!done.ok) return done.failure
  if (preview) return { goes: done.reply.goes, body }
  redirect(303, link('/privacy/person', { done: String(done.reply.goes.length) }))
}
