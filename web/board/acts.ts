import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import type { AreaCode, DatasetId, RoundId } from '../../domain/base/ids.ts'
import { boardApi } from '../../domain/board/api.ts'
import type { RoundOutcome } from '../../domain/board/board.ts'
import { roundApi } from '../../domain/round/api.ts'
import { attempt, typed, type Refused } from '../base/act.ts'
import { link } from '../base/link.ts'
import { m } from '../paraglide/messages.js'

/** What came of a form about a round, or why nothing did. */
export type RoundActed = (Partial<Refused> & { outcome?: RoundOutcome; isPreview?: boolean; isOpened?: boolean }) | null

/** A new round, or one whose name and days change. */
export async function keepRound(event: RequestEvent) {
  const form = await event.request.formData(), dataset = typed(form, 'dataset'), id = typed(form, 'id'), nameTh = typed(form, 'nameTh')
  const body = { name: { th: nameTh, en: typed(form, 'nameEn') || nameTh }, from: typed(form, 'from'), until: typed(form, 'until') }
  const done = id ? await attempt(event, roundApi.changeRound, { params: { id }, body, at: id })
    : await attempt(event, roundApi.makeRound, { body: { ...body, dataset, area: typed(form, 'area') }, at: 'make' })
  if (!done.ok) return done.failure
  redirect(303, link('/board/rounds', { dataset, done: 'round' }))
}

/** Targets of all places of the page; what was left empty is not set. */
export async function keepTargets(event: RequestEvent) {
  const form = await event.request.formData(), dataset = typed(form, 'dataset') as DatasetId, round = (typed(form, 'round') || null) as RoundId | null
  const said = [...form].flatMap(([name, value]) => name.startsWith('target:') ? [{ area: name.slice('target:'.length) as AreaCode, typed: String(value).replaceAll(',', '').trim() }] : [])
  if (said.some(({ typed }) => !/^\d*$/.test(typed))) return fail(400, { at: 'targets', code: '', refusal: m.target_not_number() })
  const done = await attempt(event, boardApi.setTargets, { body: { dataset, round, targets: said.map(({ area, typed }) => ({ area, expected: typed === '' ? null : Number(typed) })) }, at: 'targets' })
  if (!done.ok) return done.failure
  redirect(303, link('/board', { dataset, round, area: typed(form, 'area'), by: typed(form, 'by') }))
}

type RoundEvent = RequestEvent<{ id: string }>

/** Locks what is ready of a round, or says first what is. */
export async function lockRound(event: RoundEvent) {
  const form = await event.request.formData(), preview = typed(form, 'preview') === 'yes', mode = typed(form, 'mode') === 'good' ? 'good' : 'all'
  const done = await attempt(event, boardApi.lockRound, { params: { id: event.params.id }, body: { area: typed(form, 'area'), mode, preview }, at: 'lock' })
  return done.ok ? { outcome: done.reply, isPreview: preview } : done.failure
}

export async function openRound(event: RoundEvent) {
  const form = await event.request.formData()
  const done = await attempt(event, boardApi.openRound, { params: { id: event.params.id }, body: { area: typed(form, 'area'), reason: typed(form, 'reason') }, at: 'open' })
  return done.ok ? { outcome: done.reply, isOpened: true } : done.failure
}
