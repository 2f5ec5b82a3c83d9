import type { Reporter, TestModule } from 'vitest/node'

/** Says at the end, by name, which tests did not run: nothing is left out silently. */
export class LeftOut implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    const skipped = modules.flatMap(module => [...module.children.allTests('skipped')].map(test => `${module.relativeModuleId}: ${test.fullName}${reasonOf(test.result())}`))
    if (skipped.length > 0) console.log(`\nLeft out (${skipped.length}):\n${skipped.map(line => `  ${line}`).join('\n')}`)
  }
}

function reasonOf(result: object): string {
  return 'note' in result && result.note ? ` (${result.note})` : ''
}
