import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { questionOf } from '../../domain/dataset/rules.ts'
import type { Answers } from '../../engine/form/answers.ts'

const THAILAND_AHEAD_MS = 7 * 3_600_000
let last = { at: NaN, clock: '' }

/** Every row of a table asks for the same moment. */
export function clockInThailand(at: Date): string {
  const time = at.getTime()
  if (time !== last.at) last = { at: time, clock: new Date(time + THAILAND_AHEAD_MS).toISOString().slice(0, -1) }
  return last.clock
}

/** The day that the answers are of: what the form asks for, else when it was filled in, else when it came. */
export function dayOf(model: FormModel, { values, end, start }: Answers, receivedAt: Date): string {
  const question = questionOf(model, 'date'), said = question && values[question.path]
  const text = typeof said === 'string' ? said : end ?? start ?? ''
  return /^\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? clockInThailand(receivedAt).slice(0, 10)
}
