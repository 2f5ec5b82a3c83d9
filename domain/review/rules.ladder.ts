import type { Dataset, Ladder } from '../dataset/dataset.ts'
import type { RecordState } from '../record/record.ts'
import { isPublic } from '../record/rules.public.ts'
import { countingStates } from '../record/rules.state.ts'

/** Records of a dataset in one state; `open`: of these, whose own answers let the public see them. */
export type InState = { state: RecordState; count: number; open: number }
export type Effect = { public: number; counted: number; provisional: number }

/** What a ladder makes of the records that are there: how many anyone sees, how many count in figures, and how many of these only for now. */
export function effectOf(ladder: Ladder, states: readonly InState[], dataset: Pick<Dataset, 'unit' | 'catalogue'>): Effect {
  const { counts, provisional } = countingStates(ladder), shown = countingStates({ ...ladder, counts: ladder.counts === 'verified' ? 'verified' : 'approved' }).counts
  const sum = (of: readonly RecordState[], what: 'count' | 'open') => states.reduce((all, one) => of.includes(one.state) ? all + one[what] : all, 0)
  return { public: isPublic(dataset) ? sum(shown, 'open') : 0, counted: sum(counts, 'count'), provisional: sum(provisional, 'count') }
}
