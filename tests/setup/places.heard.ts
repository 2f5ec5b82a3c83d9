import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import pg from 'pg'
import { findPlaceless, listGuarded } from '../../tools/check/place.ts'

/**
 * Listens to what the server asks the database in every test of this process: a statement on a table of places that leaves the place to
 * the policy fails the test file. The policy is the net; what it is asked to filter, it filters slowly.
 */
const root = resolve(import.meta.dirname, '../..')
export const guarded = listGuarded(globSync('db/migrations/*.sql', { cwd: root }).sort().map(file => readFileSync(resolve(root, file), 'utf8')))
const seen = new Set<string>()
/** Of the file whose tests run; taken up by places.hook.ts when it ends. */
export const faults: string[] = []
/** Rooms of the server, not its foundation and not the tests that stand beside the code. */
const OURS = /[/\\]server[/\\](?!db[/\\]|seed\.ts)(?![^\n]*\.test\.ts)/

type Asked = { connectionParameters: { application_name?: string } }
const ask = pg.Client.prototype.query as unknown as (...args: unknown[]) => unknown
pg.Client.prototype.query = function (this: Asked, ...args: unknown[]) {
  const text = typeof args[0] === 'string' ? args[0] : (args[0] as { text?: string }).text
  if (this.connectionParameters.application_name === 'rakkaeo app' && text !== undefined) listen(text)
  return ask.apply(this, args)
} as never

function listen(statement: string): void {
  if (seen.has(statement)) return
  const placeless = findPlaceless(statement, guarded)
  if (placeless.length === 0) { seen.add(statement); return }
  const frame = callersOf().find(line => OURS.test(line))
  if (!frame) return
  seen.add(statement)
  faults.push(`${placeless.join(', ')} without its place${frame.replace(/^\s*at/, ' at')}\n  ${statement.replace(/\s+/g, ' ').slice(0, 500)}`)
}

function callersOf(): string[] {
  const usual = Error.stackTraceLimit
  Error.stackTraceLimit = 60
  const lines = (new Error().stack ?? '').split('\n')
  Error.stackTraceLimit = usual
  return lines
}
