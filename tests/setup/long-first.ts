import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Each takes long, the longest first: begun last, it would leave a processor idle at the end. (And collect-again is over before collect-many changes what its telephones fetch a hundred times.) */
const LONG = ['leaks/matrix', 'everywhere.north', 'everywhere.south', 'kill/kill', 'scenario/package', 'scenario/backup', 'scenario/change', 'scenario/privacy', 'table.killed', 'faults.queue', 'scenario/recheck', 'scenario/command', 'collect-again', 'scenario/accessible', 'staff-accessible', 'seen.browser', 'explore.browser']

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => { const at = LONG.findIndex(name => moduleId.includes(name)); return at < 0 ? LONG.length : at }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
