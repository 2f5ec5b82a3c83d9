import type { RecordId } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import { defaultOf, defaultRowsOf, outerRepeats, type Whole } from '../../domain/duplicate/rules.merge.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { Answer, RecordRow } from '../../domain/record/record.ts'
import type { Keyed } from '../dataset/outline.ts'
import type { RecordPage } from '../record/data.ts'

/** A question that one of the two answers; where they differ, whose answer would be taken if nobody chose. */
export type SideLine = { question: Keyed; answers: [Answer | undefined, Answer | undefined]; differs: boolean; taken: RecordId | null }
export type SideRepeat = { path: string; label: Text; counts: [number, number]; taken: RecordId | null }

const wholeOf = ({ record, rows }: RecordPage): Whole => ({ id: record.id, values: record.values, rows, changedAt: record.changedAt })

/** In the order of the form; what differs, first. */
export function linesOf(one: RecordPage, other: RecordPage): SideLine[] {
  const wholes = [one, other].map(wholeOf), questions = [...new Map([other, one].flatMap(page => keysOf(page.form.model)[0]?.questions ?? []).map(question => [question.key, question])).values()]
  const lines = questions.map(question => {
    const answers = [one, other].map(({ record }) => [record.id, other.record.id].includes(String(record.values[question.key]) as RecordId) ? undefined : record.values[question.key]) as SideLine['answers']
    return { question, answers, differs: JSON.stringify(answers[0]) !== JSON.stringify(answers[1]), taken: defaultOf(question.key, wholes) }
  })
  // what only the form computes follows from what was asked
  return lines.filter(({ answers, question }) => answers.some(answer => answer !== undefined) && (question.asked || question.role !== null))
}

export function repeatsOf(one: RecordPage, other: RecordPage): SideRepeat[] {
  const wholes = [one, other].map(wholeOf), model = one.form.model, count = (rows: readonly RecordRow[], path: string) => rows.filter(row => row.repeat === path).length
  return outerRepeats(model).map(path => ({
    path, label: model.repeats.find(repeat => repeat.path === path)?.label ?? { th: path, en: path }, counts: [count(one.rows, path), count(other.rows, path)] as [number, number], taken: defaultRowsOf(path, wholes),
  })).filter(({ counts }) => counts[0] + counts[1] > 0)
}

/** Nothing that is only likely is told as certain. */
export const percentOf = (score: number): number => Math.min(99, Math.round(score * 100))

/** Which of the two stays where nobody chose: the one that was there first. */
export const survivorOf = (one: RecordPage, other: RecordPage): RecordId => one.record.madeAt <= other.record.madeAt ? one.record.id : other.record.id
