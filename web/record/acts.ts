import type { RequestEvent } from '@sveltejs/kit'
import { recordApi } from '../../domain/record/api.ts'
import { attempt, typed, type Refused } from '../base/act.ts'

/** What a reason was answered with: the number, once, or why not. `at` is the field. */
export type Unsealed = (Partial<Refused> & { at?: string; number?: string }) | null

export async function unsealNumber(event: RequestEvent<{ id: string }>) {
  const form = await event.request.formData()
  const key = typed(form, 'key'), row = typed(form, 'row'), at = `${key}:${row}`
  const outcome = await attempt(event, recordApi.unsealNumber, { params: { id: event.params.id }, body: { key, row: row === '' ? null : Number(row), reason: typed(form, 'reason') }, at })
  return outcome.ok ? { at, number: outcome.reply.number } : outcome.failure
}
