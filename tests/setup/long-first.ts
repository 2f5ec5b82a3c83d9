import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Each takes long, the longest first: begun last, it would leave a processor idle at the end. (And collect-again is over before collect-many changes what its telephones fetch a hundred times.) */
const LONG = [
  'leaks/matrix', 'everywhere.north', 'everywhere.south', 'kill/kill', 'scenario/package', 'scenario/backup', 'scenario/change', 'scenario/privacy', 'table.killed', 'faults.queue', 'scenario/recheck', 'scenario/command',
  'form/check.oracle', 'check.record.oracle', 'make-seed', 'convert.oracle', 'collect/outbox', 'check.budget', 'bench/bench', 'collect-again', 'scenario/accessible', 'staff-accessible', 'seen.browser', 'explore.browser',
]

/** Kind by kind, since the files of a kind share their processes. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files), kinds = [...new Set(sorted.map(({ project }) => project))]
    const rank = ({ moduleId }: TestSpecification) => { const at = LONG.findIndex(name => moduleId.includes(name)); return at < 0 ? LONG.length : at }
    return sorted.toSorted((a, b) => kinds.indexOf(a.project) - kinds.indexOf(b.project) || rank(a) - rank(b))
  }
}
