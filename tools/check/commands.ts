import type { Fault } from './source.ts'

/** The README promises these; the machine that checks us must run the very same. */
export const TEST_COMMAND = 'npm ci && npm test'
export const START_COMMAND = 'npm ci && npm start'

/** The two commands stand in the README, and `.ci/run` calls the second one as it is written there. */
export function findCommandFaults(readme: string, ciScript: string): Fault[] {
  return [
    ...[START_COMMAND, TEST_COMMAND].filter(command => !readme.includes(command)).map(command => ({ file: 'README.md', say: `does not say “${command}”` })),
    ...(ciScript.split('\n').includes(TEST_COMMAND) ? [] : [{ file: '.ci/run', say: `does not run “${TEST_COMMAND}” as the README says it` }]),
  ]
}
