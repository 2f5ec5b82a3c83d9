import type { Dataset, Ladder } from '../dataset/dataset.ts'
import type { FormModel } from '../dataset/dataset.form.ts'
import { keysOf } from '../dataset/rules.ts'
import type { Answers } from './record.ts'

export const DEFAULT_LADDER: Ladder = { approves: 'tambon', counts: 'approved' }
/** Where a ladder does not say it. */
export const LATE_DAYS = 14
export const ladderOf = ({ ladder }: Pick<Dataset, 'ladder'>): Ladder => ladder ?? DEFAULT_LADDER

/** Whether the public may see records of a dataset at all, once they are approved: it is public by its catalogue, and not about persons or households. The view open.record asks the same. */
export function isPublic({ unit, catalogue }: Pick<Dataset, 'unit' | 'catalogue'>): boolean {
  return (unit === 'record' || unit === 'place') && catalogue.data_category === 'ข้อมูลสาธารณะ'
}

/** Whether a record's own answers let the public see it: consent was given where it was asked for, and nobody asked to keep it from the public. Where the question was not answered, nobody said so. */
export function mayPublish(model: FormModel, answers: Answers): boolean {
  const asked = keysOf(model)[0]?.questions ?? []
  return asked.every(({ role, key }) => {
    if (role === 'consent') return answers[key] === 'yes'
    return role !== 'not-public' || (answers[key] !== undefined && answers[key] !== 'yes')
  })
}
